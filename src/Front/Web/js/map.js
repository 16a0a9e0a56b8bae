import { canvas, circleMarker, geoJSON, map as leaflet, tileLayer } from "leaflet";

// Lots on a map of the country. The outline is ours, so the map works where no tiles are to be had.
export async function map(where) {
  const style = document.createElement("link");
  Object.assign(style, { rel: "stylesheet", href: where.dataset.style });
  document.head.append(style);
  await new Promise(done => { style.onload = style.onerror = done; });

  const view = leaflet(where, { scrollWheelZoom: false, renderer: canvas({ padding: 0.5 }), zoomSnap: 0.25, attributionControl: Boolean(where.dataset.tiles) });
  const ink = getComputedStyle(where).getPropertyValue("--tblr-primary").trim() || "#0b6b4f";
  view.fitBounds([[40.5, 46.4], [55.5, 87.4]]);
  if (where.dataset.tiles) tileLayer(where.dataset.tiles, { attribution: where.dataset.attribution, maxZoom: 18 }).addTo(view);
  const outline = await fetch(where.dataset.outline).then(answer => answer.json());
  geoJSON(outline, { interactive: false, style: { color: ink, weight: 1.5, fillColor: ink, fillOpacity: where.dataset.tiles ? 0.03 : 0.08 } }).addTo(view);
  const lots = JSON.parse(document.getElementById(where.dataset.map).textContent);
  for (const lot of lots) {
    const spot = document.createElement("a");
    Object.assign(spot, { href: `/lots/${lot.id}`, textContent: lot.name });
    const words = document.createElement("div");
    words.append(spot, document.createElement("br"), `${lot.price}`);
    circleMarker([lot.lat, lot.lon], { radius: 7, color: "#fff", weight: 1.5, fillColor: ink, fillOpacity: 0.9 }).bindPopup(words).addTo(view);
  }
  where.setAttribute("data-ready", lots.length);
}
