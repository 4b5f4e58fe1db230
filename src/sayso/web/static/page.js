// What every page may have: brushing the timeline, copying a citation, choosing incidents. All of it works
// without this file by links and forms.
document.documentElement.classList.add("js");

const narrow = matchMedia("(max-width: 62rem)");
const box = document.getElementById("filter-box");
if (box && narrow.matches) box.open = false;

// ---- the timeline: drag across bars to choose a stretch ----
let from = null;
let dragged = false;

const barAt = (svg, x) => {
  const bars = [...svg.querySelectorAll("rect.hit")];
  const box = svg.getBoundingClientRect();
  const at = ((x - box.left) / box.width) * 1000;
  const middle = (bar) => Number(bar.getAttribute("x")) + Number(bar.getAttribute("width")) / 2;
  return bars.reduce((best, bar) => (best && Math.abs(middle(best) - at) <= Math.abs(middle(bar) - at) ? best : bar), null);
};

const stretch = (svg, x) => {
  const [a, b] = [from, barAt(svg, x)].sort((one, two) => one.getAttribute("x") - two.getAttribute("x"));
  const brush = svg.querySelector(".brush");
  const start = Number(a.getAttribute("x"));
  brush.setAttribute("x", start);
  brush.setAttribute("width", Number(b.getAttribute("x")) + Number(b.getAttribute("width")) - start);
  return [a.dataset.label, b.dataset.label];
};

document.addEventListener("pointerdown", (event) => {
  const svg = event.target.closest?.(".timeline svg");
  if (!svg || event.button !== 0) return;
  from = barAt(svg, event.clientX);
  dragged = false;
});
document.addEventListener("pointermove", (event) => {
  const svg = from?.closest("svg");
  if (!svg) return;
  if (barAt(svg, event.clientX) !== from) dragged = true;
  if (dragged) stretch(svg, event.clientX);
});
document.addEventListener("pointerup", (event) => {
  const svg = from?.closest("svg");
  if (svg && dragged) {
    const [since, until] = stretch(svg, event.clientX);
    const form = document.getElementById("filter");
    form.elements.since.value = since;
    form.elements.until.value = until;
    form.requestSubmit();
  }
  from = null;
});
document.addEventListener("dragstart", (event) => {
  if (event.target.closest?.(".timeline svg")) event.preventDefault();
});
document.addEventListener("click", (event) => {
  if (dragged && event.target.closest?.(".timeline svg a")) event.preventDefault();
  dragged = false;
}, true);

// ---- fields of the filter that are empty do not go into the address ----
document.addEventListener("htmx:config:request", (event) => {
  const ctx = event.detail.ctx;
  if (ctx.sourceElement?.id !== "filter") return;
  const body = ctx.request.body;
  if (!body?.entries) return;
  for (const [key, value] of [...body.entries()]) if (value === "") body.delete(key);
});
document.addEventListener("submit", (event) => {
  if (event.target.id !== "filter" || event.defaultPrevented) return;
  for (const one of event.target.elements) if (one.name && one.value === "") one.disabled = true;
});

// ---- choosing incidents to say that they are one ----
document.addEventListener("change", (event) => {
  if (event.target.matches(".pick")) {
    const some = document.querySelectorAll(".pick:checked").length > 1;
    document.getElementById("picked")?.classList.toggle("is-on", some);
  }
});

// ---- copying a citation ----
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const told = button.parentElement.querySelector(".copied");
  const words = document.querySelector(button.dataset.copy).textContent;
  const link = document.querySelector(button.dataset.copy).parentElement.querySelector(".link")?.textContent ?? "";
  try {
    await navigator.clipboard.writeText(`${words} ${link}`.trim());
    told.textContent = "Copied.";
  } catch {
    getSelection().selectAllChildren(document.querySelector(button.dataset.copy).parentElement);
    told.textContent = "Selected: copy it with the keys of your system.";
  }
});

// ---- an address that names something shut opens it ----
const open = () => {
  const named = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const shut = named && named.closest("details");
  if (shut) shut.open = true;
};
addEventListener("hashchange", open);
open();
