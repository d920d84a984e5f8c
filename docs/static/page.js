// A button beside each block of code that copies it; of a terminal's, the commands without prompts.
// And what the theme leaves out: names of the page's parts, and code that a keyboard can scroll.
(() => {
  const PROMPT = /^[$#] /;

  function commands(text) {
    const lines = text.split("\n").filter((line) => PROMPT.test(line));
    return lines.map((line) => line.replace(PROMPT, "")).join("\n");
  }

  function addButton(block) {
    const isTerminal = block.closest(".highlight-console") !== null;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy-code";
    button.textContent = "Copy";
    button.addEventListener("click", async () => {
      const code = block.querySelector("pre").textContent;
      try {
        await navigator.clipboard.writeText(isTerminal ? commands(code) : code.trimEnd());
        button.textContent = "Copied";
      } catch {
        button.textContent = "Not allowed";
      }
      setTimeout(() => (button.textContent = "Copy"), 2000);
    });
    block.append(button);
  }

  const NAMES = { ".sidebar-drawer": "All pages", ".toc-drawer": "On this page" };

  document.addEventListener("DOMContentLoaded", () => {
    for (const [part, name] of Object.entries(NAMES)) {
      document.querySelector(part)?.setAttribute("aria-label", name);
    }
    for (const code of document.querySelectorAll("article pre")) {
      if (code.scrollWidth > code.clientWidth) {
        code.tabIndex = 0;
      }
    }
    if (navigator.clipboard) {
      document.querySelectorAll("article div.highlight").forEach(addButton);
    }
  });
})();
