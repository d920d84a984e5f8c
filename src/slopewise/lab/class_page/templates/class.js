"use strict";
// Without this script the page is whole, and is loaded anew while something runs: it only keeps fresh
// what is shown of the work, and the page when that has ended.
const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const typed = () => [...document.querySelectorAll("#extension :is(input:not([type=hidden]), select)")];
let watching = false;

async function renew() {
  const answer = await fetch(location.pathname, { credentials: "same-origin" });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const main = page.querySelector("main");
  if (!answer.ok || !main) {
    location.reload();
    return;
  }
  const values = typed().map((field) => field.value);
  document.querySelector("main").replaceWith(main);
  typed().forEach((field, index) => {
    field.value = values[index] ?? field.value;
  });
}

async function watch(runs) {
  if (watching) return;
  watching = true;
  while (runs) {
    await wait(700);
    try {
      const answer = await fetch(`${location.pathname}/work`, { credentials: "same-origin" });
      const text = answer.ok ? await answer.text() : "";
      const work = new DOMParser().parseFromString(text, "text/html").querySelector(".told");
      runs = work !== null && work.dataset.runs === "yes";
      const told = document.getElementById("told");
      const status = document.getElementById("status");
      if (work && told) {
        if (status.textContent !== work.dataset.status) status.textContent = work.dataset.status;
        const open = told.querySelector("details")?.open;
        told.replaceChildren(work);
        if (open && told.querySelector("details")) told.querySelector("details").open = true;
      }
    } catch {
      // The server does not answer at the moment; what runs goes on.
    }
  }
  await renew();
  watching = false;
}

// An export answers with a file, so the page stays: it is told what was left blank when that is there.
document.addEventListener("submit", (event) => {
  if (event.target.closest("#export")) void watch(true);
});
if (document.querySelector(".told")?.dataset.runs === "yes") void watch(true);
