"use strict";
/* Draws every chart again with plotly.js, so that it can be hovered. On any failure the still
   pictures stay. */
(async () => {
  const packed = document.getElementById("library").textContent.trim();
  const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  const script = document.createElement("script");
  script.textContent = await new Response(stream).text();
  document.head.append(script);
  await document.fonts.ready;
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  for (const place of document.querySelectorAll("[data-figure]")) {
    const still = place.previousElementSibling;
    try {
      const figure = JSON.parse(document.getElementById(place.dataset.figure).textContent);
      const layout = { ...figure.layout, autosize: true, dragmode: false };
      delete layout.width;
      layout.height = layout.height || 420;
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
