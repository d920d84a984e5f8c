// What JupyterLab itself lacks for this course, in plain JavaScript, so that nothing has to be built:
// the buttons Validate and Check my work, a welcome page that is fresh whenever somebody looks at it,
// saves that wait for each other, alternative texts of pictures, names of sliders.
(() => {
  const WELCOME = "slopewise:welcome";
  const VALIDATE = "slopewise:validate";
  const CHECK = "slopewise:check";
  const FETCH = "slopewise:fetch";
  const CLASS = "slopewise:class";
  const MARKS = { passed: "✓", "not begun": "·", "not run": "·", "partly right": "~" };
  const STYLE = `
    .slopewise-answer { max-width: 46em; line-height: 1.45; }
    .slopewise-answer h2 { font-size: 1.1em; margin: 0 0 0.8em; }
    .slopewise-answer ul { list-style: none; margin: 0; padding: 0; }
    .slopewise-answer li { margin: 0 0 0.7em; padding-left: 1.6em; text-indent: -1.6em; }
    .slopewise-answer li > * { text-indent: 0; }
    .slopewise-answer .slopewise-mark { display: inline-block; width: 1.6em; }
    .slopewise-answer button { font: inherit; font-weight: 600; color: inherit; background: none;
      border: 0; padding: 0; cursor: pointer; text-decoration: underline; }
    .slopewise-answer p { margin: 0.2em 0 0; white-space: pre-line; }
    .slopewise-answer code { font-family: var(--jp-code-font-family); font-size: 0.92em;
      background: var(--jp-layout-color2); padding: 0 0.25em; }`;

  let shared = {}; // the modules that JupyterLab shares with extensions
  const module = async (name) => (await Object.values(shared[name])[0].get())();

  const CONFIG = JSON.parse(document.getElementById("jupyter-config-data").textContent);
  // Where the welcome page is, as the server says; "" where there is none.
  const PAGE = CONFIG.slopewiseWelcome || "";
  // The class page's address below the server's; "" on a learner's server.
  const CLASS_PAGE = CONFIG.slopewiseClass || "";

  async function request(path, body) {
    const { ServerConnection } = await module("@jupyterlab/services");
    const settings = ServerConnection.makeSettings();
    const init = body ? { method: "POST", body: JSON.stringify(body) } : {};
    return ServerConnection.makeRequest(settings.baseUrl + path, init, settings);
  }

  // The server writes the page anew, then the tab reads it again.
  async function refresh(widget) {
    if (!PAGE || !widget || !widget.context || widget.context.path !== PAGE) {
      return;
    }
    const answer = await request("slopewise/welcome");
    if (answer.ok && !widget.isDisposed) {
      await widget.context.ready;
      await widget.content.ready; // it listens for changes once it is drawn, and not before
      await widget.context.revert();
    }
  }

  // Two saves of one notebook at once, such as Ctrl+S and a button's, end in "File Changed":
  // the second finds the first one's file. So each waits for the one before.
  const oneSaveAtATime = {
    createNew: (panel, context) => {
      const save = context.save.bind(context);
      let last = Promise.resolve();
      context.save = () => {
        last = last.catch(() => undefined).then(save);
        return last;
      };
    },
  };

  // `code` becomes code; everything is text.
  function withCode(element, text) {
    text.split("`").forEach((part, index) => {
      if (index % 2) {
        const code = document.createElement("code");
        code.textContent = part;
        element.append(code);
      } else {
        element.append(part);
      }
    });
    return element;
  }

  function told(answer, go) {
    const node = document.createElement("div");
    node.className = "slopewise-answer";
    const headline = document.createElement("h2");
    headline.textContent = answer.headline;
    const list = document.createElement("ul");
    for (const one of answer.exercises) {
      const item = document.createElement("li");
      const mark = document.createElement("span");
      mark.className = "slopewise-mark";
      mark.setAttribute("aria-hidden", "true");
      mark.textContent = MARKS[one.told] || "✗";
      const name = document.createElement("button");
      name.type = "button";
      name.textContent = one.name;
      name.title = "Go to the exercise";
      name.onclick = () => go(one.name);
      item.append(mark, name, ` ${one.told}`);
      if (one.message && one.told !== "not begun") {
        item.append(withCode(document.createElement("p"), one.message));
      }
      list.append(item);
    }
    node.append(headline, list);
    for (const note of answer.notes) {
      node.append(withCode(document.createElement("p"), note));
    }
    return node;
  }

  function goTo(panel, name) {
    const cells = panel.content.widgets;
    const wanted = (cell) => (cell.model.getMetadata("nbgrader") || {}).grade_id === name;
    const index = cells.findIndex(wanted);
    if (index >= 0) {
      panel.content.activeCellIndex = index;
      void panel.content.scrollToItem(index, "center");
      panel.content.activate();
    }
  }

  async function show(title, node) {
    const { Dialog } = await module("@jupyterlab/apputils");
    const { Widget } = await module("@lumino/widgets");
    const dialog = new Dialog({ title, body: new Widget({ node }), buttons: [Dialog.okButton()] });
    return { dialog, done: dialog.launch() };
  }

  // The notebook in front, or the one at `path`, saved.
  async function notebook(app, path) {
    const panel = path
      ? await app.commands.execute("docmanager:open", { path, factory: "Notebook" })
      : app.shell.currentWidget;
    if (!panel || !panel.context || !panel.content.model || !panel.content.widgets) {
      return null;
    }
    await panel.context.ready;
    if (!panel.context.model.readOnly) {
      await panel.context.save();
    }
    return panel;
  }

  function addCheck(app, id, label, caption, full) {
    const running = new Set();
    const here = () => {
      const widget = app.shell.currentWidget;
      return widget && widget.context ? widget.context.path : "";
    };
    app.commands.addCommand(id, {
      label: () => (running.has(here()) ? "Checking…" : label),
      caption,
      isEnabled: () => !running.has(here()),
      execute: async (args) => {
        const panel = await notebook(app, args.path);
        if (!panel || running.has(panel.context.path)) {
          return;
        }
        const path = panel.context.path;
        running.add(path);
        app.commands.notifyCommandChanged(id);
        let node = document.createElement("p");
        let opened = null;
        try {
          const answer = await request("slopewise/check", { path, full });
          const found = answer.ok ? await answer.json() : { error: `${answer.status}` };
          if (found.error) {
            node.textContent = `The checks could not be run: ${found.error}`;
          } else {
            node = told(found, (name) => {
              opened.dialog.resolve();
              goTo(panel, name);
            });
          }
        } catch (error) {
          node.textContent = `The checks could not be run: ${error.message}`;
        } finally {
          running.delete(path);
          app.commands.notifyCommandChanged(id);
        }
        opened = await show(label, node);
        await opened.done;
      },
    });
  }

  // On a class's server a lesson comes from the exchange; the Assignment List's own way, by a button.
  async function fetchLesson(app, { course, lesson, path }) {
    const body = { course_id: course, assignment_id: lesson };
    const answer = await request("assignments/fetch", body);
    await refresh(app.shell.currentWidget);
    try {
      await app.serviceManager.contents.get(path, { content: false });
      await app.commands.execute("docmanager:open", { path, factory: "Notebook" });
    } catch {
      const told = answer.ok ? (await answer.json()).value : `${answer.status}`;
      const node = document.createElement("p");
      node.textContent = `${lesson} could not be fetched. ${typeof told === "string" ? told : ""}`;
      await (await show("Fetch", node)).done;
    }
  }

  // The Assignment List has a Validate button of nbgrader's own, whose words are not ours: here it
  // opens the notebook and presses ours.
  function validateFromTheList(app, event) {
    const button = event.target.closest && event.target.closest("button");
    const row = button && button.closest("#fetched_assignments_list .nested_list_item");
    const link = row && row.querySelector("a");
    if (!link) {
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    const name = `${link.textContent}.ipynb`;
    const opened = (_, change) => {
      const widget = change.newValue;
      if (widget && widget.context && widget.context.path.split("/").pop() === name) {
        app.shell.currentChanged.disconnect(opened);
        void app.commands.execute(VALIDATE, { path: widget.context.path });
      }
    };
    app.shell.currentChanged.connect(opened);
    link.click();
  }

  // The welcome page's buttons say what they ask for; those of no other page are listened to.
  function pressOnThePage(app, event) {
    const button = event.target.closest && event.target.closest(".jp-MarkdownViewer button[value]");
    const widget = app.shell.currentWidget;
    if (!button || !PAGE || !widget || !widget.context || widget.context.path !== PAGE) {
      return;
    }
    const { command, ...args } = JSON.parse(button.value);
    if (command === CHECK || command === FETCH || command === CLASS) {
      void app.commands.execute(command, args);
    }
  }

  // A JupyterHub lets no page be framed, so that no learner's page can hold the Formgrader: there it
  // is a page of its own, and not a frame that stays empty.
  function formgraderAsPage(widget) {
    if (CONFIG.hubPrefix && widget && widget.id === "formgrader") {
      window.open(`${CONFIG.baseUrl}formgrader`, "_blank");
      widget.close();
    }
  }

  // nbgrader makes its menu by itself, so that no setting can add to it.
  async function addToNbgradersMenu(app) {
    if (!CLASS_PAGE || !shared["@jupyterlab/mainmenu"]) {
      return;
    }
    const { IMainMenu } = await module("@jupyterlab/mainmenu");
    const menus = (await app.resolveRequiredService(IMainMenu)).menus;
    const menu = menus.find((one) => one.id === "jp-mainmenu-nbgrader");
    if (menu) {
      menu.insertItem(0, { command: CLASS });
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

  // The page is written in UTC; whoever reads it lives somewhere.
  function localTimes() {
    for (const time of document.querySelectorAll(".jp-MarkdownViewer time[title]")) {
      const when = new Date(time.title);
      if (!time.dataset.local && !Number.isNaN(when.getTime())) {
        time.dataset.local = "yes";
        const day = when.toLocaleDateString("en-GB", { dateStyle: "long" });
        const hour = { hour: "2-digit", minute: "2-digit", timeZoneName: "short" };
        time.textContent = `${day}, ${when.toLocaleTimeString("en-GB", hour)}`;
      }
    }
  }

  // The handle is what the keyboard reaches; ipywidgets leaves the name to the text beside it.
  function nameSliders() {
    for (const handle of document.querySelectorAll(".noUi-handle:not([aria-label])")) {
      const slider = handle.closest(".widget-slider, .jupyter-widgets");
      const label = slider && slider.querySelector(".widget-label");
      if (label && label.textContent.trim()) {
        handle.setAttribute("aria-label", label.textContent.trim());
      }
    }
  }

  const plugin = {
    id: "slopewise-lab:plugin",
    description: "Checks, welcome page, class page and alternative texts of Slopewise.",
    autoStart: true,
    activate: (app) => {
      const style = document.createElement("style");
      style.textContent = STYLE;
      document.head.append(style);
      app.commands.addCommand(WELCOME, {
        label: "Welcome: All Lessons",
        caption: "Open the page with all lessons and how far you are",
        isVisible: () => PAGE !== "",
        isEnabled: () => PAGE !== "",
        execute: () =>
          app.commands.execute("docmanager:open", { path: PAGE, factory: "Markdown Preview" }),
      });
      addCheck(
        app,
        VALIDATE,
        "Validate",
        "Save, run everything once more from the start, and tell what the visible checks say",
        false,
      );
      addCheck(
        app,
        CHECK,
        "Check my work",
        "Save, run everything once more, and tell what it is worth, where the course is here",
        true,
      );
      app.commands.addCommand(FETCH, {
        label: "Fetch a Lesson",
        isVisible: () => false,
        execute: (args) => fetchLesson(app, args),
      });
      app.commands.addCommand(CLASS, {
        label: "Class",
        caption: "Collect, grade, return and report, in a page of its own",
        isVisible: () => CLASS_PAGE !== "",
        isEnabled: () => CLASS_PAGE !== "",
        execute: () => void window.open(CONFIG.baseUrl + CLASS_PAGE, "slopewise-class"),
      });
      app.docRegistry.addWidgetExtension("Notebook", oneSaveAtATime);
      document.addEventListener("click", (event) => validateFromTheList(app, event), true);
      document.addEventListener("click", (event) => pressOnThePage(app, event));
      app.restored.then(() => {
        void refresh(app.shell.currentWidget);
        void addToNbgradersMenu(app);
        app.shell.currentChanged.connect((_, change) => {
          app.commands.notifyCommandChanged(VALIDATE);
          app.commands.notifyCommandChanged(CHECK);
          formgraderAsPage(change.newValue);
          void refresh(change.newValue);
        });
        let waiting = false;
        new MutationObserver(() => {
          if (!waiting) {
            waiting = true;
            requestAnimationFrame(() => {
              waiting = false;
              describePictures(app);
              nameSliders();
              localTimes();
            });
          }
        }).observe(document.body, { childList: true, subtree: true });
      });
    },
  };

  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB["slopewise-lab"] = {
    init: (scope) => {
      shared = scope;
    },
    get: () => Promise.resolve(() => ({ __esModule: true, default: plugin })),
  };
})();
