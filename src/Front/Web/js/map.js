import { canvas, circleMarker, geoJSON, map as leaflet, tileLayer } from "leaflet";

const place = lot => `${lot.lat},${lot.lon}`;
const grouped = lots => lots.reduce((places, lot) => { (places[place(lot)] ??= []).push(lot); return places; }, {});

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
  for (const here of Object.values(grouped(lots))) {
    const words = document.createElement("ul");
    for (const lot of here.slice(0, 8)) {
      const line = document.createElement("li");
      line.append(Object.assign(document.createElement("a"), { href: `/lots/${lot.id}`, textContent: lot.name }), ` ${lot.price}`);
      words.append(line);
    }
    if (here.length > 8) words.append(Object.assign(document.createElement("li"), { textContent: `+${here.length - 8}` }));
    circleMarker([here[0].lat, here[0].lon], { radius: Math.min(16, 6 + Math.sqrt(here.length) * 1.5), color: "#fff", weight: 1.5, fillColor: ink, fillOpacity: 0.9 }).bindPopup(words).addTo(view);
  }
  where.setAttribute("data-ready", lots.length);
}
