"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const data = JSON.parse(byId("page-data").textContent);
  const list = byId("page-lines");
  const items = list.children;
  const player = byId("page-audio");
  const opener = byId("page-file"); // for a page that knows no address of the recording
  let audio = opener ? null : player;
  const root = document.body;
  const marks = window.CSS && CSS.highlights && window.Highlight ? CSS.highlights : null;
  const calm = matchMedia("(prefers-reduced-motion: reduce)");

  // Pages opened from a disk may be refused a memory: the page then works without one.
  const recall = (key) => {
    try { return localStorage.getItem(key); } catch { return null; }
  };
  const remember = (key, value) => {
    try { localStorage.setItem(key, value); } catch { /* nothing is kept */ }
  };

  const mark = (name, ranges) => {
    if (!marks) return;
    if (ranges.length) marks.set(name, new Highlight(...ranges));
    else marks.delete(name);
  };
  const rangeIn = (paragraph, start, end) => {
    const range = new Range();
    range.setStart(paragraph.firstChild, start);
    range.setEnd(paragraph.firstChild, end);
    return range;
  };

  // Going to a line. Lines off the screen have an estimated height, so the way there may shift.
  const goTo = (item, block = "center") => {
    const behavior = "instant";
    item.scrollIntoView({ block, behavior });
    requestAnimationFrame(() => item.scrollIntoView({ block, behavior }));
  };
  const isSeen = (item) => {
    const box = item.getBoundingClientRect();
    return box.bottom > 0 && box.top < innerHeight;
  };
  const indexOf = (item) => Array.prototype.indexOf.call(items, item);
  const topItem = () => {
    const edge = byId("page-tools").getBoundingClientRect().bottom;
    const box = list.getBoundingClientRect();
    for (const down of [24, 60]) {
      const at = document.elementFromPoint(box.left + box.width / 2, Math.max(edge, 0) + down);
      const item = at && at.closest("#page-lines > li");
      if (item) return item;
    }
    return null;
  };

  // Which languages are shown.
  const views = document.querySelectorAll("input[name=view]");
  const setView = (view) => {
    const top = scrollY > list.offsetTop ? topItem() : null;
    root.classList.remove("view-both", "view-source", "view-target");
    root.classList.add(`view-${view}`);
    for (const input of views) input.checked = input.value === view;
    remember("interlinear:view", view);
    if (top) goTo(top, "start");
    search();
  };

  // Search. Positions are those of the lower-case text, unless lowering changes its length.
  const field = byId("page-search");
  const count = byId("page-count");
  const texts = { source: [], target: [] };
  const MOST_MARKED = 2000; // more would make typing slow; the one gone to is always marked
  let matches = [];
  let match = -1;
  const lower = (text) => {
    const lowered = text.toLowerCase();
    return lowered.length === text.length ? lowered : text;
  };
  const readTexts = () => {
    for (const side of ["source", "target"]) {
      if (texts[side].length) continue;
      for (const item of items) texts[side].push(lower(item.querySelector(`.${side}`).textContent));
    }
  };
  const search = () => {
    const wanted = lower(field.value.trim().normalize("NFC"));
    matches = [];
    match = -1;
    if (wanted) {
      readTexts();
      const sides = ["source", "target"].filter(
        (side) => !root.classList.contains(side === "source" ? "view-target" : "view-source"));
      for (let row = 0; row < items.length; row += 1) {
        for (const side of sides) {
          const text = texts[side][row];
          for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) {
            matches.push([row, side, at, at + wanted.length]);
          }
        }
      }
    }
    mark("found", matches.slice(0, MOST_MARKED).map(rangeOf));
    showMatch();
  };
  const rangeOf = ([row, side, start, end]) =>
    rangeIn(items[row].querySelector(`.${side}`), start, end);
  const showMatch = () => {
    mark("here", match < 0 ? [] : [rangeOf(matches[match])]);
    if (!field.value.trim()) count.textContent = "";
    else if (!matches.length) count.textContent = data.nothing;
    else count.textContent = match < 0 ? `${matches.length}` : `${match + 1} / ${matches.length}`;
    byId("page-previous").disabled = byId("page-next").disabled = !matches.length;
  };
  const goToMatch = (step) => {
    if (!matches.length) return;
    if (match < 0) {
      const here = indexOf(topItem() || items[0]);
      const after = matches.findIndex(([row]) => row >= here);
      match = step > 0 ? Math.max(after, 0) : (after < 0 ? matches.length : after) - 1;
      if (match < 0) match = matches.length - 1;
    } else match = (match + step + matches.length) % matches.length;
    showMatch();
    goTo(items[matches[match][0]]);
  };
  let waiting = 0;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(search, 120);
  });
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Enter") {
      event.preventDefault();
      clearTimeout(waiting);
      if (match < 0) search();
      goToMatch(event.shiftKey ? -1 : 1);
    } else if (event.key === "Escape") {
      field.value = "";
      search();
      field.blur();
    }
  });

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

  // Playing. The lines are asked for by time: the last one that has begun is the one spoken.
  const order = data.times.map((times, row) => [times[0] / 100, row]).sort((a, b) => a[0] - b[0]);
  let current = -1;
  let spoken = "";
  let following = false;
  const rowAt = (time) => {
    let low = 0;
    let high = order.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (order[middle][0] <= time + 0.005) low = middle + 1;
      else high = middle;
    }
    return low ? order[low - 1][1] : -1;
  };
  const setCurrent = (row) => {
    if (row === current) return;
    const old = items[current];
    if (old) {
      old.classList.remove("now");
      old.removeAttribute("aria-current");
    }
    const follows = following || (old && isSeen(old));
    current = row;
    const item = items[row];
    if (!item) return;
    item.classList.add("now");
    item.setAttribute("aria-current", "true");
    if (follows && audio && !audio.paused) follow(item);
    following = false;
  };
  const follow = (item) => {
    const box = item.getBoundingClientRect();
    const low = byId("page-tools").getBoundingClientRect().bottom;
    if (box.top > low && box.bottom < innerHeight * 0.8) return;
    item.scrollIntoView({ block: "center", behavior: calm.matches ? "instant" : "smooth" });
  };
  const showWord = (time) => {
    const times = data.times[current] || [];
    let begin = (times[0] || 0) / 100;
    let nth = -1;
    for (let at = 2; at < times.length; at += 2) {
      begin += times[at] / 100;
      if (begin > time + 0.005) break;
      if (time < begin + times[at + 1] / 100) nth = at / 2 - 1;
    }
    const name = `${current}:${nth}`;
    if (name === spoken) return;
    spoken = name;
    mark("word", nth < 0 ? [] : wordRange(items[current].querySelector(".source"), nth));
  };
  const wordRange = (paragraph, nth) => {
    const text = paragraph.textContent;
    let start = 0;
    for (let n = 0; n < nth; n += 1) start = text.indexOf(" ", start) + 1;
    const space = text.indexOf(" ", start);
    return [rangeIn(paragraph, start, space < 0 ? text.length : space)];
  };
  const showTime = () => {
    setCurrent(rowAt(audio.currentTime));
    showWord(audio.currentTime);
  };
  let ticking = false;
  const tick = () => {
    showTime();
    ticking = !audio.paused && !audio.ended;
    if (ticking) requestAnimationFrame(tick);
  };
  const seek = (row) => {
    // Half a hundredth later, so that no rounding falls before the line.
    audio.currentTime = data.times[row][0] / 100 + 0.005;
  };
  const play = () => audio.play().catch(() => { /* the error event tells the reader */ });
  const hear = (row) => {
    following = true;
    seek(row);
    play();
  };
  const setHash = (item) => {
    try { history.replaceState(null, "", `#${encodeURIComponent(item.id)}`); } catch { /* as it is */ }
  };
  const lineOfHash = () => {
    let id = location.hash.slice(1);
    try { id = decodeURIComponent(id); } catch { /* not encoded */ }
    const item = id && byId(id);
    return item && item.parentElement === list ? item : null;
  };
  const openHash = () => {
    const item = lineOfHash();
    if (!item) return;
    goTo(item);
    if (audio && audio.paused) seek(indexOf(item));
  };

  list.addEventListener("click", (event) => {
    const item = event.target.closest("#page-lines > li");
    const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (!audio || !item || !plain || !getSelection().isCollapsed) return;
    if (event.target.closest("a")) {
      event.preventDefault();
      setHash(item);
    }
    hear(indexOf(item));
  });
  player.addEventListener("play", () => { if (!ticking) tick(); });
  player.addEventListener("seeked", showTime);
  player.addEventListener("timeupdate", showTime);
  player.addEventListener("error", () => {
    byId("page-silent").hidden = false;
    if (opener) opener.parentElement.hidden = false;
  });
  if (player.error) byId("page-silent").hidden = false;
  if (opener) {
    byId("page-player").hidden = false;
    opener.addEventListener("change", () => {
      if (!opener.files.length) return;
      if (audio) URL.revokeObjectURL(audio.src);
      audio = player;
      audio.src = URL.createObjectURL(opener.files[0]);
      audio.hidden = false;
      byId("page-silent").hidden = true;
      opener.parentElement.hidden = true;
      root.classList.add("has-audio");
      byId("page-transcript").focus({ preventScroll: true }); // where the keys work
    });
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
    ArrowLeft: () => audio && (audio.currentTime = Math.max(0, audio.currentTime - 5)),
    ArrowRight: () => audio && (audio.currentTime += 5),
    n: () => step(1),
    p: () => step(-1),
    s: nextOfSpeaker,
    b: () => setView("both"),
    e: () => setView("source"),
    t: () => setView("target"),
    "/": () => { field.focus(); field.select(); },
    "?": () => { help.open = !help.open; if (help.open) help.firstElementChild.focus(); },
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") help.open = false;
    if (!useKeys.checked || event.ctrlKey || event.metaKey || event.altKey) return;
    const taken = event.key === " " ? "a, button, summary, " : "";
    if (event.target.closest(`${taken}input:not([name=view]), select, audio`)) return;
    if (event.target.closest("input") && /^( |Arrow)/.test(event.key)) return;
    const act = Object.hasOwn(keys, event.key) ? keys[event.key] : null;
    if (!act || !items.length) return;
    event.preventDefault();
    act();
  });
  document.addEventListener("click", (event) => {
    if (help.open && !event.target.closest("#page-keys")) help.open = false;
  });

  // Where the reader was.
  let leaving = 0;
  addEventListener("scroll", () => {
    clearTimeout(leaving);
    leaving = setTimeout(() => {
      const item = scrollY > list.offsetTop ? topItem() : null;
      remember(data.key, item ? item.id : "");
    }, 200);
  }, { passive: true });

  for (const input of views) input.addEventListener("change", () => setView(input.value));
  byId("page-previous").addEventListener("click", () => goToMatch(-1));
  byId("page-next").addEventListener("click", () => goToMatch(1));
  chooser.addEventListener("change", () => { jumped = null; if (chooser.value) nextOfSpeaker(); });
  byId("page-of-speaker").addEventListener("click", nextOfSpeaker);
  addEventListener("hashchange", openHash);
  byId("page-tools").hidden = false;
  const view = recall("interlinear:view");
  setView(["both", "source", "target"].includes(view) ? view : "both");
  const last = byId(recall(data.key) || "");
  if (lineOfHash()) openHash();
  else if (last && last.parentElement === list) {
    history.scrollRestoration = "manual";
    goTo(last, "start");
  }
})();
