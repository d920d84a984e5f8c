// What JupyterLab itself lacks for this course, in plain JavaScript, so that nothing has to be built:
// the welcome page is fresh whenever somebody looks at it, and pictures have alternative text.
(() => {
  const PAGE = "my-lessons/Welcome.md";
  const COMMAND = "slopewise:welcome";

  function baseUrl() {
    const data = document.getElementById("jupyter-config-data");
    return JSON.parse(data.textContent).baseUrl;
  }

  // The server writes the page anew, then the tab reads it again.
  async function refresh(widget) {
    if (!widget || !widget.context || widget.context.path !== PAGE) {
      return;
    }
    const answer = await fetch(`${baseUrl()}slopewise/welcome`, { credentials: "same-origin" });
    if (answer.ok && !widget.isDisposed) {
      await widget.context.ready;
      await widget.context.revert();
    }
  }

  // JupyterLab shows image/png without alternative text; our pictures carry theirs as text/plain.
  function describePictures(app) {
    for (const panel of app.shell.widgets("main")) {
      const cells = (panel.content && panel.content.widgets) || [];
      for (const cell of cells) {
        const area = cell.outputArea;
        for (let index = 0; area && index < area.widgets.length; index++) {
          const image = area.widgets[index].node.querySelector(".jp-RenderedImage img:not([alt])");
          const output = image && area.model.get(index);
          if (output) {
            image.alt = String(output.data["text/plain"] || "picture");
          }
        }
      }
    }
  }

  const plugin = {
    id: "slopewise-lab:plugin",
    description: "Welcome page and alternative texts of Slopewise.",
    autoStart: true,
    activate: (app) => {
      app.commands.addCommand(COMMAND, {
        label: "Welcome: the Five Lessons",
        caption: "Open the page with all lessons and how far you are",
        execute: () =>
          app.commands.execute("docmanager:open", { path: PAGE, factory: "Markdown Preview" }),
      });
      app.restored.then(() => {
        void refresh(app.shell.currentWidget);
        app.shell.currentChanged.connect((_, change) => void refresh(change.newValue));
        let waiting = false;
        new MutationObserver(() => {
          if (!waiting) {
            waiting = true;
            requestAnimationFrame(() => {
              waiting = false;
              describePictures(app);
            });
          }
        }).observe(document.body, { childList: true, subtree: true });
      });
    },
  };

  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB["slopewise-lab"] = {
    init: () => undefined,
    get: () => Promise.resolve(() => ({ __esModule: true, default: plugin })),
  };
})();
