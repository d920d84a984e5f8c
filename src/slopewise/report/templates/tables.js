"use strict";
// Without this script every table is whole: it only adds sorting, and a field that filters learners.
const value = (row, column) => {
  const text = (row.cells[column]?.textContent ?? "").trim();
  const found = parseFloat(text.replace("\u2212", "-"));
  return Number.isNaN(found) ? text.toLocaleLowerCase() : found;
};
const compare = (one, other) =>
  typeof one === typeof other
    ? typeof one === "number" ? one - other : one.localeCompare(other)
    : typeof one === "number" ? -1 : 1;
for (const table of document.querySelectorAll("table")) {
  if (table.tBodies.length !== 1 || table.tBodies[0].rows.length < 3) continue;
  const body = table.tBodies[0];
  [...table.tHead.rows[0].cells].forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const rows = [...body.rows].map((row) => [value(row, column), row]);
      rows.sort(([one], [other]) => (down ? compare(other, one) : compare(one, other)));
      body.append(...rows.map(([, row]) => row));
    });
  });
}
const grades = document.querySelector("table.grades");
if (grades) {
  const label = document.createElement("label");
  const field = document.createElement("input");
  field.type = "search";
  label.className = "filter";
  label.append("Only learners with ", field);
  grades.closest(".scroll").before(label);
  field.addEventListener("input", () => {
    const wanted = field.value.trim().toLocaleLowerCase();
    for (const row of grades.tBodies[0].rows) {
      const who = [...row.cells].slice(0, 2).map((cell) => cell.textContent).join(" ");
      row.hidden = !who.toLocaleLowerCase().includes(wanted);
    }
  });
}
