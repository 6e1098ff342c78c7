"use strict";
/* Draws every chart again with plotly.js, so that it can be hovered. On any failure the still
   pictures stay. */
(async () => {
  const library = document.getElementById("library"); // a shared plotly.js has run already
  if (library) {
    const signs = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%,()*+-;.=>?@^_`{|}~";
    const packed = library.textContent.trim();
    const worth = new Map([...signs].map((sign, place) => [sign.charCodeAt(0), place]));
    const bytes = new Uint8Array(packed.length / 5 * 4);
    const view = new DataView(bytes.buffer);
    for (let at = 0; at < packed.length; at += 5) {
      let number = 0;
      for (let next = at; next < at + 5; next++) number = number * 85 + worth.get(packed.charCodeAt(next));
      view.setUint32(at / 5 * 4, number);
    }
    const stream = new Blob([bytes.subarray(0, library.dataset.bytes)]).stream().pipeThrough(new DecompressionStream("gzip"));
    const script = document.createElement("script");
    script.textContent = await new Response(stream).text();
    document.head.append(script);
  }
  await document.fonts.ready;
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  for (const place of document.querySelectorAll("[data-figure]")) {
    const still = place.previousElementSibling;
    try {
      const figure = JSON.parse(document.getElementById(place.dataset.figure).textContent);
      const layout = { ...figure.layout, autosize: true, dragmode: false };
      delete layout.width;
      layout.paper_bgcolor = layout.plot_bgcolor = "rgba(0,0,0,0)";
      if (calm) layout.transition = { duration: 0 };
      const choices = {
        displayModeBar: false, displaylogo: false, showSendToCloud: false,
        responsive: true, scrollZoom: false, doubleClick: false, showTips: false,
      };
      place.hidden = false;
      still.hidden = true;
      await Plotly.newPlot(place, figure.data, layout, choices);
    } catch (error) {
      place.hidden = true;
      still.hidden = false;
    }
  }
})().catch(() => {});
