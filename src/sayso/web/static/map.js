// The map: all incidents that match, by place. Precision is shown as what it is: a dot for an exact place, a
// ring for a town, a shaded area for a district or a province. Without WebGL a picture stands in its place.
import "/static/vendor/topojson-client/topojson-client.min.js";

const map = document.getElementById("map");
const dark = matchMedia("(prefers-color-scheme: dark)");
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
const query = () => location.search;
let shown = null; // the map of MapLibre
let outlines = null;
let provinces = null;
let latest = 0;

const hasWebGL = () => {
  try {
    return Boolean(document.createElement("canvas").getContext("webgl2"));
  } catch {
    return false;
  }
};

async function picture() {
  const answer = await fetch(map.dataset.picture + query());
  const drawn = new DOMParser().parseFromString(await answer.text(), "image/svg+xml").documentElement;
  drawn.setAttribute("role", "group"); // it holds links
  for (const link of drawn.querySelectorAll("a")) link.setAttribute("aria-label", link.textContent);
  map.replaceChildren(document.importNode(drawn, true));
  map.dataset.state = "picture";
}

// ---- the base map: its lines cross the date line, which a flat map would draw right across itself ----
function unwrapped(line) {
  let shift = 0;
  return line.map(([x, y], i) => {
    const step = i ? x - line[i - 1][0] : 0;
    if (Math.abs(step) > 180) shift -= Math.sign(step) * 360;
    return [x + shift, y];
  });
}

const moved = (line, by) => line.map(([x, y]) => [x + by, y]);

function copies(line) {
  const whole = unwrapped(line);
  const xs = whole.map((point) => point[0]);
  const beside = Math.max(...xs) > 180 ? -360 : Math.min(...xs) < -180 ? 360 : 0;
  return beside ? [whole, moved(whole, beside)] : [whole];
}

function baseMap(world) {
  const land = topojson.feature(world, world.objects.land);
  const polygons = land.features.flatMap(({ geometry }) => (geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates));
  const closed = (ring) => Math.abs(ring[0][0] - ring.at(-1)[0]) < 1; // Antarctica goes round the pole, and is left out
  const drawn = polygons.flatMap(([outer, ...holes]) => copies(outer).filter(closed).map((ring) => [ring, ...holes.map(unwrapped)]));
  const borders = topojson.mesh(world, world.objects.countries).coordinates.flatMap(copies);
  return {
    land: { type: "Feature", properties: {}, geometry: { type: "MultiPolygon", coordinates: drawn } },
    borders: { type: "Feature", properties: {}, geometry: { type: "MultiLineString", coordinates: borders } },
  };
}

async function json(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
}

// ---- what is drawn ----
const AREAS = new Set(["district", "admin1"]);

function features(columns) {
  const points = [];
  const areas = new Map();
  for (let i = 0; i < columns.place.length; i += 1) {
    const one = Object.fromEntries(Object.entries(columns).map(([key, values]) => [key, values[i]]));
    const kind = AREAS.has(one.precision) ? "area" : one.precision === "exact" ? "exact" : "town";
    if (one.precision === "country" || one.precision === "sea") continue;
    points.push({ type: "Feature", geometry: { type: "Point", coordinates: [one.lon, one.lat] }, properties: { ...one, kind } });
    if (kind === "area") {
      const key = `${one.country}|${one.admin1 ?? one.place}`;
      areas.set(key, { n: (areas.get(key)?.n ?? 0) + one.incidents, one });
    }
  }
  const shaded = [...areas].map(([key, { n, one }]) => ({ type: "Feature", geometry: { type: "Polygon", coordinates: [area(key, one)] }, properties: { n } }));
  return [collection(points), collection(shaded)];
}

const collection = (list) => ({ type: "FeatureCollection", features: list });

function area(key, one) {
  const flat = one.precision === "admin1" ? provinces[key] : null;
  const corners = [];
  if (flat) for (let i = 0; i < flat.length; i += 2) corners.push([flat[i] / 10, flat[i + 1] / 10]);
  else for (let i = 0; i < 40; i += 1) corners.push([one.lon + 0.35 * Math.cos((i * Math.PI) / 20) / Math.cos((one.lat * Math.PI) / 180), one.lat + 0.35 * Math.sin((i * Math.PI) / 20)]);
  corners.push(corners[0]);
  return corners;
}

function style() {
  const spot = colour("spot");
  const sum = ["get", "n"];
  const count = ["to-string", sum];
  const size = ["interpolate", ["linear"], ["sqrt", ["coalesce", sum, ["get", "incidents"]]], 1, 6, 10, 17, 100, 30];
  return {
    version: 8,
    sources: {
      land: { type: "geojson", data: outlines.land },
      borders: { type: "geojson", data: outlines.borders },
      areas: { type: "geojson", data: collection([]) },
      spots: { type: "geojson", data: collection([]), cluster: true, clusterRadius: 38, clusterMaxZoom: 9, clusterProperties: { n: ["+", ["get", "incidents"]] } },
    },
    layers: [
      { id: "sea", type: "background", paint: { "background-color": colour("sea") } },
      { id: "land", type: "fill", source: "land", paint: { "fill-color": colour("land") } },
      { id: "borders", type: "line", source: "borders", paint: { "line-color": colour("border"), "line-width": 0.8 } },
      { id: "areas", type: "fill", source: "areas", paint: { "fill-color": spot, "fill-opacity": 0.16 } },
      { id: "area-lines", type: "line", source: "areas", paint: { "line-color": spot, "line-width": 1.2, "line-dasharray": [3, 2] } },
      { id: "clusters", type: "circle", source: "spots", filter: ["has", "point_count"], paint: { "circle-color": spot, "circle-opacity": 0.85, "circle-radius": size, "circle-stroke-color": colour("surface"), "circle-stroke-width": 1.5 } },
      { id: "cluster-counts", type: "symbol", source: "spots", filter: ["has", "point_count"], layout: { "text-field": count, "text-size": 12, "text-allow-overlap": true }, paint: { "text-color": colour("surface") } },
      { id: "towns", type: "circle", source: "spots", filter: ["all", ["!", ["has", "point_count"]], ["!=", ["get", "kind"], "exact"]], paint: { "circle-color": spot, "circle-opacity": 0.28, "circle-radius": ["max", 7, size], "circle-stroke-color": spot, "circle-stroke-width": 2 } },
      { id: "exact", type: "circle", source: "spots", filter: ["all", ["!", ["has", "point_count"]], ["==", ["get", "kind"], "exact"]], paint: { "circle-color": spot, "circle-radius": 5, "circle-stroke-color": colour("surface"), "circle-stroke-width": 1.5 } },
      { id: "names", type: "symbol", source: "spots", minzoom: 3.2, filter: ["!", ["has", "point_count"]], layout: { "text-field": ["get", "place"], "text-size": 12, "text-anchor": "top", "text-offset": [0, 0.9], "text-optional": true }, paint: { "text-color": colour("ink"), "text-halo-color": colour("land"), "text-halo-width": 1.4 } },
    ],
  };
}

async function fill(fit) {
  const number = (latest += 1);
  const columns = await json(map.dataset.spots + query());
  if (number !== latest) return; // another question came meanwhile
  const [points, shaded] = features(columns);
  shown.getSource("spots").setData(points);
  shown.getSource("areas").setData(shaded);
  if (fit && points.features.length) {
    const at = points.features.map((one) => one.geometry.coordinates);
    const [west, east] = [Math.min(...at.map((p) => p[0])), Math.max(...at.map((p) => p[0]))];
    const [south, north] = [Math.min(...at.map((p) => p[1])), Math.max(...at.map((p) => p[1]))];
    shown.fitBounds([[west, south], [east, north]], { padding: 50, maxZoom: 6, duration: 0 });
  }
  map.dataset.spotsShown = points.features.length;
  map.dataset.state = "drawn";
}

const PRECISION = { exact: "exact place", near: "near this place", town: "somewhere in this town", district: "somewhere in this district", route: "somewhere along a road", admin1: "somewhere in this province" };

function popup(lib, feature, at) {
  const one = feature.properties;
  const line = (words, tag = "p") => Object.assign(document.createElement(tag), { textContent: words, dir: "auto" });
  const body = document.createElement("div");
  body.append(line([one.place, one.admin1, one.country].filter((part, i, all) => part && all.indexOf(part) === i).join(", "), "b"));
  body.append(line(PRECISION[one.precision] ?? "place as told"));
  const link = document.createElement("a");
  if (one.incidents === 1) {
    link.href = `/incident/${one.incident_id}`;
    link.textContent = "Open the incident";
  } else {
    const params = new URLSearchParams(query());
    params.set("place", one.place);
    params.delete("page");
    link.href = `/?${params}`;
    link.textContent = `List its ${one.incidents} incidents`;
  }
  body.append(link);
  new lib.Popup({ offset: 10 }).setLngLat(at).setDOMContent(body).addTo(shown);
}

async function draw() {
  const lib = await import("/static/vendor/maplibre-gl/maplibre-gl.mjs");
  lib.setWorkerUrl("/static/vendor/maplibre-gl/maplibre-gl-worker.mjs");
  const [world, hulls] = await Promise.all([json("/static/vendor/world-atlas/countries-50m.json"), json("/static/provinces.json")]);
  provinces = hulls;
  outlines = baseMap(world);
  map.replaceChildren();
  shown = new lib.Map({ container: map, style: style(), center: [30, 20], zoom: 1.2, attributionControl: false, dragRotate: false, pitchWithRotate: false, touchPitch: false, renderWorldCopies: false, maxZoom: 11, cooperativeGestures: false, fadeDuration: 0 });
  shown.scrollZoom.disable(); // the page scrolls; the buttons and two fingers zoom
  shown.touchZoomRotate.disableRotation();
  shown.addControl(new lib.NavigationControl({ showCompass: false }), "top-right");
  shown.addControl(new lib.AttributionControl({ compact: false, customAttribution: "Borders: Natural Earth, no opinion. Towns: GeoNames." }));
  shown.on("load", () => fill(true));
  for (const layer of ["towns", "exact"]) {
    shown.on("click", layer, (event) => popup(lib, event.features[0], event.features[0].geometry.coordinates));
  }
  shown.on("click", "clusters", async (event) => {
    const [one] = event.features;
    const zoom = await shown.getSource("spots").getClusterExpansionZoom(one.properties.cluster_id);
    shown.easeTo({ center: one.geometry.coordinates, zoom: zoom + 0.3 });
  });
  for (const layer of ["towns", "exact", "clusters"]) {
    shown.on("mouseenter", layer, () => { shown.getCanvas().style.cursor = "pointer"; });
    shown.on("mouseleave", layer, () => { shown.getCanvas().style.cursor = ""; });
  }
  shown.getCanvas().setAttribute("aria-label", "Map of incidents. The list below has the same.");
  dark.addEventListener("change", () => {
    shown.setStyle(style());
    shown.once("styledata", () => fill(false));
  });
}

async function start() {
  try {
    await (hasWebGL() ? draw() : picture());
  } catch (fault) {
    map.textContent = "The map could not be drawn; the list below has all incidents.";
    map.dataset.state = "failed";
    throw fault;
  }
}

if (map) {
  // First the page, then the map: it needs a megabyte.
  requestAnimationFrame(() => setTimeout(start, 0));
  const anew = () => (map.dataset.state === "picture" ? picture() : shown?.loaded && fill(true));
  document.addEventListener("htmx:after:swap", anew);
}
