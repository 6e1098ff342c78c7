"use strict";
/* Finds and sorts rows. All rows are in the page; where there are many, those that match are put
   back into the table a part at a time, which keeps each keystroke quick. */
(() => {
  const part = 100;
  const table = document.querySelector("table");
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const form = document.querySelector("form");
  const said = document.querySelector("[role=status]");
  const more = document.querySelector(".more");
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const held = rows.map((row) => fold(row.textContent));
  const order = new Intl.Collator("en-GB", { numeric: true });
  let sequence = rows.map((_, place) => place);
  let found = sequence;
  let shown = part;
  let sorted = "";
  const count = (number) => `${number.toLocaleString("en-GB")} ${number === 1 ? "report" : "reports"}`;
  const show = () => {
    const next = found.slice(0, shown).map((place) => rows[place]);
    const same = next.length === body.children.length && next.every((row, place) => row === body.children[place]);
    if (!same) body.replaceChildren(...next);
    more.hidden = found.length <= shown;
    const some = more.hidden ? "" : `; the first ${shown.toLocaleString("en-GB")} are shown`;
    said.textContent = `${count(found.length)} of ${rows.length.toLocaleString("en-GB")} found${sorted}${some}.`;
  };
  const find = () => {
    const words = fold(form.elements.words.value).split(/\s+/).filter(Boolean);
    found = sequence.filter((place) => words.every((word) => held[place].includes(word)));
    shown = part;
    show();
  };
  const sort = (heads, head, column) => {
    const up = head.getAttribute("aria-sort") !== "ascending";
    const keys = rows.map((row) => row.cells[column].textContent);
    sequence.sort((a, b) => (up ? 1 : -1) * order.compare(keys[a], keys[b]) || a - b);
    for (const each of heads) each.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", up ? "ascending" : "descending");
    for (const each of heads) name(each);
    sorted = `, sorted by ${head.abbr.toLowerCase()}, ${up ? "first to last" : "last to first"}`;
    find();
  };
  const name = (head) => {
    const next = head.getAttribute("aria-sort") === "ascending" ? "last to first" : "first to last";
    head.firstElementChild.setAttribute("aria-label", `${head.abbr}: sort ${next}`);
  };
  const heads = [...table.tHead.rows[0].cells].filter((head) => head.abbr);
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.abbr;
    button.addEventListener("click", () => sort(heads, head, column));
    head.replaceChildren(button);
    name(head);
  });
  form.hidden = false;
  form.addEventListener("submit", (event) => { event.preventDefault(); find(); });
  form.elements.words.addEventListener("input", find);
  more.addEventListener("click", () => {
    const next = shown;
    shown += part * 10;
    show();
    rows[found[next]].querySelector("a").focus();
  });
  window.addEventListener("beforeprint", () => { shown = rows.length; show(); });
  show();
  table.classList.add("ready");
})();
