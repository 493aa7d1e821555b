// Conveniences: lighting up words, keys, suggestions, the time slider, dropping files. Everything works
// without them, down to tables and plain forms.
"use strict";

(() => {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const typing = (target) => target.closest("input, textarea, select") !== null;

  // A line and its words light up together.
  const light = (holder, on) => {
    const key = holder.dataset.lights;
    if (!key) return;
    const marks = document.querySelectorAll(`[data-on~="${CSS.escape(key)}"]`);
    for (const mark of marks) mark.classList.toggle("lit", on);
    if (on && !holder.closest(".column")) bring(marks);
  };
  // In each report beside, the first of the words comes into sight.
  const bring = (marks) => {
    const seen = new Set();
    for (const mark of marks) {
      const column = mark.closest(".column");
      if (!column || seen.has(column)) continue;
      seen.add(column);
      if (column.scrollHeight <= column.clientHeight) continue;
      const top = mark.getBoundingClientRect().top - column.getBoundingClientRect().top + column.scrollTop;
      column.scrollTo({ top: top - column.clientHeight / 3, behavior: calm ? "auto" : "smooth" });
    }
  };
  const holder = (event) => (event.target instanceof Element ? event.target.closest("[data-lights]") : null);
  for (const [name, on] of [["mouseover", true], ["mouseout", false], ["focusin", true], ["focusout", false]]) {
    document.addEventListener(name, (event) => {
      const found = holder(event);
      if (found) light(found, on);
    });
  }

  // A click on marked words leads to the line that they belong to.
  document.addEventListener("click", (event) => {
    const mark = event.target instanceof Element ? event.target.closest("mark[data-on]") : null;
    if (!mark) return;
    const key = mark.dataset.on.split(" ")[0];
    const line = document.querySelector(`[data-lights="${CSS.escape(key)}"]`);
    if (line) {
      line.scrollIntoView({ block: "center" });
      line.focus();
    }
  });

  // Keys: / search, j and k through the lines or the entries of a report, c, r, a on an entry's page.
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (event.key === "/") {
      event.preventDefault();
      document.getElementById("q").focus();
    } else if ((event.key === "j" || event.key === "k") && document.querySelector("[data-lights][tabindex]")) {
      const lines = [...document.querySelectorAll("[data-lights][tabindex]")];
      const at = lines.indexOf(document.activeElement.closest("[data-lights]"));
      const next = lines[at + (event.key === "j" ? 1 : -1)] || (at < 0 ? lines[0] : null);
      if (next) {
        const folded = next.closest("details");
        if (folded) folded.open = true;
        next.focus({ preventScroll: true });
        next.scrollIntoView({ block: "center" });
      }
    } else {
      const button = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
      if (button) {
        event.preventDefault();
        button.focus();
        if (button instanceof HTMLAnchorElement) button.click();
        else if (button.classList.contains("show-amend")) button.click();
        else button.form.requestSubmit(button);
      }
    }
  });

  // Names of parties while one types. One list serves all fields of a page.
  let asked = "";
  document.addEventListener("input", async (event) => {
    const field = event.target;
    if (!(field instanceof HTMLInputElement) || !("suggest" in field.dataset)) return;
    const typed = field.value.trim();
    if (typed.length < 2 || typed === asked) return;
    asked = typed;
    const answer = await fetch(`/suggest.json?q=${encodeURIComponent(typed)}`);
    if (!answer.ok || asked !== typed) return;
    const list = document.getElementById("names");
    if (!list) return;
    list.replaceChildren(...(await answer.json()).rows.map((row) => new Option("", row.name)));
  });

  const dress = () => {
    // The slider chooses among the days of the list beside it.
    const slider = document.getElementById("slider");
    const days = document.getElementById("on");
    if (slider && days && days.options.length > 1 && !slider.dataset.dressed) {
      slider.dataset.dressed = "yes";
      slider.closest("label").hidden = false;
      slider.max = String(days.options.length - 1);
      slider.value = String(days.selectedIndex);
      slider.addEventListener("input", () => {
        days.selectedIndex = Number(slider.value);
        slider.setAttribute("aria-valuetext", days.value);
      });
      slider.addEventListener("change", () => {
        days.dispatchEvent(new Event("change", { bubbles: true }));
      });
    }
    const amend = document.querySelector(".show-amend");
    if (amend) {
      amend.hidden = false;
      amend.onclick = () => {
        const fields = document.getElementById("amend");
        fields.open = true;
        fields.querySelector("input:not([type=hidden]), select").focus();
      };
    }
    const drop = document.getElementById("drop");
    if (drop && !drop.dataset.dressed) {
      drop.dataset.dressed = "yes";
      const field = drop.querySelector("input");
      for (const name of ["dragover", "dragleave", "drop"]) {
        drop.addEventListener(name, (event) => {
          event.preventDefault();
          drop.classList.toggle("over", name === "dragover");
          if (name === "drop") field.files = event.dataTransfer.files;
        });
      }
    }
  };
  dress();
  document.addEventListener("htmx:load", dress);
})();
