"use strict";
// Without this script the page is whole, and is loaded anew while something runs: it only keeps fresh
// what is shown of the work, and the page when that has ended.
const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const typed = () => [...document.querySelectorAll("#extension :is(input:not([type=hidden]), select)")];
let watching = false;

// A JupyterHub wants to be shown the form's mark even where something is only read.
async function get(path) {
  const headers = { "X-XSRFToken": document.querySelector("input[name=_xsrf]").value };
  const answer = await fetch(path, { credentials: "same-origin", headers });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return answer.ok && !answer.redirected ? page : null;
}

async function renew() {
  const main = (await get(location.pathname))?.querySelector("main");
  if (!main) {
    location.reload(); // somebody has to sign in again
    return;
  }
  const values = typed().map((field) => field.value);
  document.querySelector("main").replaceWith(main);
  typed().forEach((field, index) => {
    field.value = values[index] ?? field.value;
  });
}

async function watch() {
  if (watching) return;
  watching = true;
  let runs = true;
  while (runs) {
    await wait(700);
    let page;
    try {
      page = await get(`${location.pathname}/work`);
    } catch {
      continue; // the server does not answer at the moment; what runs goes on
    }
    const work = page?.querySelector(".told");
    const told = document.getElementById("told");
    const status = document.getElementById("status");
    runs = work?.dataset.runs === "yes";
    if (work && told) {
      if (status.textContent !== work.dataset.status) status.textContent = work.dataset.status;
      const open = told.querySelector("details")?.open;
      told.replaceChildren(work);
      if (open && told.querySelector("details")) told.querySelector("details").open = true;
    }
  }
  await renew().catch(() => location.reload());
  watching = false;
}

// An export answers with a file, so the page stays: it is told what was left blank when that is there.
document.addEventListener("submit", (event) => {
  if (event.target.closest("#export")) void watch();
});
if (document.querySelector(".told")?.dataset.runs === "yes") void watch();
