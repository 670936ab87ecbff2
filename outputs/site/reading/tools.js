// The tools: which languages stand out, speakers, links to lines, keys, and where the reader was.

const choices = (name) => [...document.querySelectorAll(`input[name=${name}]`)];
const choose = (name, value) => {
  for (const input of choices(name)) {
    root.classList.toggle(`${name}-${input.value}`, input.value === value);
    input.checked = input.value === value;
  }
  remember(`interlinear:${name}`, value);
};
const setView = (view) => {
  const top = isAtTop() ? null : topItem();
  choose("view", view);
  estimateHeights();
  if (top) goTo(top, "start");
  searchAgain();
};
const chosenBefore = (name) => {
  const before = recall(`interlinear:${name}`);
  return choices(name).some((input) => input.value === before) ? before : null;
};

// Speakers.
const chooser = byId("page-speaker");
let jumped = null;
const nextOfSpeaker = () => {
  const here = jumped && isSeen(jumped) ? jumped : current >= 0 ? items[current] : null;
  const from = here && isSeen(here) ? indexOf(here) : indexOf(topItem() || items[0]) - 1;
  const wanted = chooser.value || (items[Math.max(from, 0)] || {}).className?.match(/p\d+/)?.[0];
  if (!wanted) return;
  for (let step = 1; step <= items.length; step += 1) {
    const item = items[(from + step + items.length) % items.length];
    if (!item.classList.contains(wanted)) continue;
    jumped = item;
    goTo(item);
    item.querySelector(".time").focus({ preventScroll: true });
    return;
  }
};

// Links to a line.
const lineOfHash = () => {
  const id = location.hash.slice(1);
  try { return itemWithId(decodeURIComponent(id)); } catch { return itemWithId(id); }
};
const openHash = () => {
  const item = lineOfHash();
  if (!item) return;
  goTo(item);
  if (audio && audio.paused) seek(indexOf(item));
};
list.addEventListener("click", (event) => {
  const item = itemOf(event.target);
  const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  if (!audio || !item || !plain || !getSelection().isCollapsed) return;
  if (event.target.closest("#page-copying")) return;
  if (event.target.closest("a")) {
    event.preventDefault();
    try { history.replaceState(null, "", hashOf(item)); } catch { /* as it is */ }
  }
  hear(indexOf(item));
});

// Another language opens at the line that is being heard or read.
const lineAtHand = () => {
  if (items[current] && isSeen(items[current])) return items[current];
  return isAtTop() ? null : itemAt((barEdge() + innerHeight) / 2);
};
for (const link of document.querySelectorAll("a.same-line")) {
  const lead = () => {
    const item = lineAtHand();
    link.hash = item ? hashOf(item) : "";
  };
  for (const event of ["pointerdown", "click"]) link.addEventListener(event, lead);
}

// Keys.
const help = byId("page-keys");
const useKeys = byId("page-use-keys");
useKeys.checked = recall("interlinear:keys") !== "off";
useKeys.addEventListener("change", () =>
  remember("interlinear:keys", useKeys.checked ? "on" : "off"));
const step = (by) => {
  const from = current >= 0 ? current : indexOf(topItem() || items[0]) - (by > 0 ? 1 : 0);
  const row = Math.min(Math.max(from + by, 0), items.length - 1);
  if (audio) {
    following = true;
    seek(row);
  }
  setCurrent(row);
  goTo(items[row]);
};
const keys = {
  " ": () => audio && (audio.paused ? ((following = true), play()) : audio.pause()),
  ArrowLeft: () => skip(-5),
  ArrowRight: () => skip(5),
  n: () => step(1),
  p: () => step(-1),
  s: nextOfSpeaker,
  b: () => setView("both"),
  e: () => setView("source"),
  t: () => setView("target"),
  "/": () => { field.focus(); field.select(); },
  "?": () => { help.open = !help.open; if (help.open) help.firstElementChild.focus(); },
};
const closeAll = (but) => {
  for (const one of document.querySelectorAll(".floating[open]")) one.open = one === but;
};
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closeAll();
  if (!useKeys.checked || event.ctrlKey || event.metaKey || event.altKey) return;
  const taken = event.key === " " ? "a, button, summary, " : "";
  if (event.target.closest(`${taken}input:not([name=view]), select, audio`)) return;
  if (event.target.closest("input") && /^( |Arrow)/.test(event.key)) return;
  const act = Object.hasOwn(keys, event.key) ? keys[event.key] : null;
  if (!act || !items.length) return;
  event.preventDefault();
  act();
});
document.addEventListener("click", (event) => closeAll(event.target.closest(".floating")));

// Where the reader was: a page that is come back to opens there, a link at its line.
const keepPlace = () => {
  const item = isAtTop() ? null : topItem();
  remember(data.key, item ? item.id : "");
};
let leaving = 0;
addEventListener("scroll", () => {
  clearTimeout(leaving);
  leaving = setTimeout(keepPlace, 200);
}, { passive: true });
addEventListener("pagehide", keepPlace);
const openPlace = () => {
  const last = itemWithId(recall(data.key));
  const [visit] = performance.getEntriesByType("navigation");
  const isReturn = visit && ["back_forward", "reload"].includes(visit.type);
  if (lineOfHash() && !(isReturn && last)) openHash();
  else if (last) {
    history.scrollRestoration = "manual";
    goTo(last, "start");
  }
};

for (const input of choices("view")) input.addEventListener("change", () => setView(input.value));
for (const input of choices("main")) {
  input.addEventListener("change", () => choose("main", input.value));
}
chooser.addEventListener("change", () => { jumped = null; if (chooser.value) nextOfSpeaker(); });
byId("page-of-speaker").addEventListener("click", nextOfSpeaker);
addEventListener("hashchange", openHash);
byId("page-tools").hidden = false;
setView(chosenBefore("view") ?? "both");
choose("main", chosenBefore("main") ?? "target");
openPlace();
