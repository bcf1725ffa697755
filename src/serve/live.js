// Keeps a previewed page up to date, and shows what is wrong with it. Everything that
// comes from a document is set as text, never as markup.
"use strict";
(() => {
  const script = document.currentScript;
  const page = script.dataset.page;
  const shown = script.dataset.version;
  const scrollKey = "casebook-scroll:" + location.pathname;

  const kept = sessionStorage.getItem(scrollKey);
  if (kept !== null) {
    sessionStorage.removeItem(scrollKey);
    const back = () => window.scrollTo({ top: Number(kept), behavior: "instant" });
    back();
    addEventListener("load", back);
  }

  const reload = () => {
    sessionStorage.setItem(scrollKey, String(window.scrollY));
    location.reload();
  };

  // A new style sheet is put behind the old one, which goes once the new one is there.
  const swapStyles = (styles) => {
    const links = [...document.querySelectorAll("head > link[rel=stylesheet]:not([data-old])")];
    links.forEach((link, n) => {
      if (!styles[n] || link.getAttribute("href") === styles[n]) return;
      const fresh = link.cloneNode();
      fresh.setAttribute("href", styles[n]);
      link.dataset.old = "";
      fresh.addEventListener("load", () => link.remove());
      fresh.addEventListener("error", () => link.remove());
      link.after(fresh);
    });
  };

  const element = (name, text, attributes = {}) => {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  };

  let root;
  let isOpen = false;
  let dismissed = "";

  const panel = (news) => {
    const counted = news.remarks.filter((remark) => remark.counts).reduce((sum, remark) => sum + remark.items.length, 0);
    const wrong = news.errors.length + news.elsewhere.length;
    const lists = [
      { heading: "Errors", items: news.errors },
      { heading: "Errors in other documents", items: news.elsewhere },
      ...news.remarks,
    ];
    const label = [
      wrong && wrong + (wrong === 1 ? " error" : " errors"),
      counted && counted + (counted === 1 ? " warning" : " warnings"),
    ].filter(Boolean).join(", ") || "Remarks";
    const details = element("details", "", { class: wrong ? "corner wrong" : "corner" });
    details.open = isOpen;
    details.addEventListener("toggle", () => { isOpen = details.open; });
    details.append(element("summary", label));
    const box = element("div", "", { class: "lists", tabindex: "0", role: "region", "aria-label": "About this page" });
    for (const { heading, items } of lists.filter((list) => list.items.length)) {
      box.append(element("h2", heading));
      const list = element("ul");
      for (const item of items) {
        const row = element("li");
        row.append(element("pre", item));
        list.append(row);
      }
      box.append(list);
    }
    details.append(box);
    return box.childElementCount ? details : null;
  };

  const overlay = (errors) => {
    const key = errors.join("\n");
    if (!key || key === dismissed) return null;
    const box = element("section", "", { class: "overlay", role: "alert", "aria-label": "Errors" });
    const close = element("button", "Close", { type: "button" });
    close.addEventListener("click", () => { dismissed = key; box.remove(); });
    box.append(element("h1", errors.length === 1 ? "1 error" : errors.length + " errors"), close);
    for (const error of errors) box.append(element("pre", error));
    return box;
  };

  const show = (news) => {
    if (!root) {
      const host = element("casebook-live");
      root = host.attachShadow({ mode: "open" });
      root.append(element("link", "", { rel: "stylesheet", href: "/.casebook/live.css" }));
      document.body.append(host);
    }
    root.replaceChildren(root.firstElementChild, ...[overlay(news.errors), panel(news)].filter(Boolean));
  };

  addEventListener("keydown", (event) => {
    if (event.key === "Escape") root?.querySelector(".overlay button")?.click();
  });

  const hear = (event) => {
    const news = JSON.parse(event.data);
    if (news.version !== shown && !news.hold) return reload();
    swapStyles(news.styles);
    show(news);
  };

  // Browsers allow few connections to one host, so only tabs that are seen hold one;
  // one that is seen again is told at once what it missed.
  let stream;
  const listen = () => {
    stream?.close();
    stream = undefined;
    if (document.hidden) return;
    stream = new EventSource("/.casebook/events?page=" + encodeURIComponent(page));
    stream.onmessage = hear;
    // A server that refuses, for being full or halfway up, is asked again later.
    stream.onerror = () => { if (stream?.readyState === EventSource.CLOSED) setTimeout(listen, 2000); };
  };
  document.addEventListener("visibilitychange", listen);
  addEventListener("pagehide", () => stream?.close());
  addEventListener("pageshow", (event) => { if (event.persisted) listen(); });
  listen();
})();
