(() => {
  "use strict";
  const data = JSON.parse(document.getElementById("index-data").textContent);
  const wanted = navigator.languages.map((tag) => tag.toLowerCase().split("-")[0]);
  const labels = data[wanted.find((code) => code in data) ?? "en"];

  document.documentElement.lang = labels.tag;
  for (const element of document.querySelectorAll("[data-word]")) {
    element.textContent = labels[element.dataset.word];
    element.lang = labels.tag;
  }
  for (const element of document.querySelectorAll("[data-name]")) {
    element.textContent = labels.names[element.dataset.name];
    element.lang = labels.tag;
  }

  const find = document.querySelector(".find");
  const box = find.querySelector("input");
  const count = find.querySelector("output");
  const episodes = [...document.querySelectorAll(".episodes > li")];
  const fold = (text) => text.normalize("NFKC").toLowerCase();
  const texts = episodes.map((episode) => fold(episode.textContent));
  box.placeholder = labels.search_titles;
  box.setAttribute("aria-label", labels.search_titles);
  find.hidden = false;

  const search = () => {
    const words = fold(box.value).split(/\s+/).filter(Boolean);
    let found = 0;
    episodes.forEach((episode, n) => {
      episode.hidden = !words.every((word) => texts[n].includes(word));
      found += episode.hidden ? 0 : 1;
    });
    count.textContent = words.length ? (found ? String(found) : labels.nothing) : "";
  };
  box.addEventListener("input", search);
  search();
})();
