// What a page is measured for in a browser: each function left on the window gives sentences, one for each fault.
(() => {
  const SLACK = 1.5;
  const TARGET = 44;
  // What people wrote may be shortened where it is only announced; the whole is one tap away. Words of the product never.
  const SHORTENED = ".cut, .body--long, .note-quote, .points-quote, .rep-about, .who-sub, .face-name, details:not([open]) .similar-name";
  const FOCUSABLE = "a[href], button, input:not([type=hidden]), select, textarea, summary";
  // Words of so many letters find room on the narrowest phone, wherever they stand.
  const LONGEST = 13;
  let styles;

  const styleOf = (element) => {
    if (!styles.has(element)) {
      const css = getComputedStyle(element);
      const box = element.getBoundingClientRect();
      const fixed = css.position === "fixed" || css.position === "sticky";
      styles.set(element, {
        css,
        box,
        fixed,
        out: fixed || css.position === "absolute",
        inline: css.display === "inline" || css.display === "contents",
        scrollsX: /auto|scroll/.test(css.overflowX),
        scrollsY: /auto|scroll/.test(css.overflowY),
        clipsX: /hidden|clip/.test(css.overflowX),
        clipsY: /hidden|clip/.test(css.overflowY),
        cut: css.textOverflow === "ellipsis" || css.webkitLineClamp !== "none",
        // What only screen readers get is a box of one pixel.
        unseen: box.width <= 1 || box.height <= 1 || css.clipPath === "inset(50%)",
      });
    }
    return styles.get(element);
  };

  const named = (element) => {
    const names = [];
    for (let at = element; at && at !== document.body && names.length < 3; at = at.parentElement) {
      names.unshift(at.localName + (at.id ? `#${at.id}` : [...at.classList].slice(0, 2).map((name) => `.${name}`).join("")));
    }
    return names.join(" > ");
  };
  const says = (text) => `“${text.trim().replace(/\s+/g, " ").slice(0, 50)}”`;

  function* ancestors(element) {
    for (let at = element; at && at !== document.documentElement; at = at.parentElement) yield at;
  }

  // Every piece of text that is seen, with the rectangles of its lines.
  function pieces(within) {
    const found = [];
    const walker = document.createTreeWalker(within, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const parent = node.parentElement;
      if (!node.data.trim() || /^(SCRIPT|STYLE|TEMPLATE|OPTION|NOSCRIPT)$/.test(parent.tagName)) continue;
      if (!parent.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true })) continue;
      const around = [...ancestors(parent)];
      if (around.some((each) => styleOf(each).unseen && !styleOf(each).inline)) continue;
      range.selectNodeContents(node);
      const lines = [...range.getClientRects()].filter((line) => line.width > 1 && line.height > 1);
      if (lines.length) found.push({ node, parent, around, lines });
    }
    return found;
  }

  // A piece of text that is cut by a box, or stands outside the one it belongs to. What shortens with an ellipsis
  // is meant to be short: see SHORTENED.
  function* spilling({ node, parent, around, lines }) {
    const reach = {
      left: Math.min(...lines.map((line) => line.left)),
      right: Math.max(...lines.map((line) => line.right)),
      bottom: Math.max(...lines.map((line) => line.bottom - line.height / 4)),
    };
    let held = { x: false, y: false };
    for (const each of around) {
      const { box, inline, scrollsX, scrollsY, clipsX, clipsY, cut, out } = styleOf(each);
      if (inline) continue;
      const beyondX = !held.x && (reach.right > box.right + SLACK || reach.left < box.left - SLACK);
      const beyondY = !held.y && clipsY && reach.bottom > box.bottom + SLACK;
      if (cut && (clipsX || clipsY)) {
        if ((beyondX || beyondY) && !around.some((at) => at.matches(SHORTENED))) {
          yield `${says(node.data)} is shortened in ${named(each)}`;
        }
        return;
      }
      if (scrollsX) held.x = true;
      else if (beyondX) {
        yield `${says(node.data)} ${clipsX ? "is cut by" : "leaves"} ${named(each)} in ${named(parent)}`;
        return;
      }
      if (scrollsY) held.y = true;
      else if (beyondY) {
        yield `${says(node.data)} is cut at the foot of ${named(each)}`;
        return;
      }
      if (out) return;
    }
  }

  // A word of ordinary length that goes on in the next line with no hyphen; what people wrote may be longer than a line,
  // and letters of twice the size may have to.
  function* torn({ node, parent, lines }) {
    if (lines.length < 2 || node.data.length > 200 || styleOf(parent).css.hyphens === "auto") return;
    const range = document.createRange();
    for (const { 0: word, index } of node.data.matchAll(/\p{L}{6,}/gu)) {
      if (word.length > LONGEST) continue;
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      const tops = [...range.getClientRects()].map((line) => Math.round(line.top));
      if (new Set(tops).size > 1) yield `${says(word)} is torn in ${named(parent)}`;
    }
  }

  function* overlapping(all) {
    const boxes = [];
    for (const { node, parent, around, lines } of all) {
      if (around.some((each) => styleOf(each).fixed)) continue;
      const held = around.find((each) => !styleOf(each).inline && (styleOf(each).clipsX || styleOf(each).scrollsX));
      const limit = held ? styleOf(held).box : { left: -Infinity, right: Infinity, top: -Infinity, bottom: Infinity };
      for (const line of lines) {
        const fourth = line.height / 4;
        boxes.push({
          node,
          parent,
          left: Math.max(line.left, limit.left) + 1,
          right: Math.min(line.right, limit.right) - 1,
          top: Math.max(line.top + fourth, limit.top),
          bottom: Math.min(line.bottom - fourth, limit.bottom),
        });
      }
    }
    boxes.sort((a, b) => a.top - b.top);
    const told = new Set();
    for (let first = 0; first < boxes.length; first++) {
      const a = boxes[first];
      for (let second = first + 1; second < boxes.length && boxes[second].top < a.bottom - 2; second++) {
        const b = boxes[second];
        const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        if (a.node === b.node || across <= 2 || b.bottom <= b.top || told.has(a.node)) continue;
        told.add(a.node);
        yield `${says(a.node.data)} in ${named(a.parent)} overlaps ${says(b.node.data)} in ${named(b.parent)}`;
      }
    }
  }

  const controls = (within) =>
    [...within.querySelectorAll(FOCUSABLE)].filter(
      (each) =>
        each.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true, opacityProperty: false }) &&
        ![...ancestors(each)].some((at) => styleOf(at).unseen && !styleOf(at).inline),
    );

  function* outside(all) {
    for (const control of all) {
      const { left, right } = control.getBoundingClientRect();
      if (left >= -SLACK && right <= innerWidth + SLACK) continue;
      if ([...ancestors(control)].some((each) => styleOf(each).scrollsX)) continue;
      yield `${named(control)} ${says(control.textContent)} stands outside the window`;
    }
  }

  // What an empty field says of itself is read to the end, and so is what is chosen in a list, unless letters of twice
  // the size leave it to the opened list, or it is a name, which may have any length. A browser tells how high the lines
  // of a text area are, and nothing of a field of one line.
  const NAMED = "[name=place], [name=department]";
  const letters = document.createElement("canvas").getContext("2d");
  function* cutInside(within, larger) {
    for (const field of within.querySelectorAll("input[placeholder], textarea[placeholder], select")) {
      const chosen = field.selectedOptions?.[0]?.text;
      if (chosen ? larger || field.matches(NAMED) : field.value) continue;
      if (!field.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true })) continue;
      const { css } = styleOf(field);
      const text = chosen ?? field.placeholder;
      letters.font = css.font;
      const wide = letters.measureText(text).width;
      const room = field.clientWidth - parseFloat(css.paddingLeft) - parseFloat(css.paddingRight);
      const lines = field.localName === "textarea";
      if (lines ? field.scrollHeight <= field.clientHeight + SLACK : wide <= room + SLACK) continue;
      yield `${says(text)} is cut in ${named(field)}: ${Math.round(wide)} of ${Math.round(room)} px`;
    }
  }

  // A face is as high as it is wide, however little room there is.
  function* squeezed(within) {
    for (const face of within.querySelectorAll(".av")) {
      const { width, height } = face.getBoundingClientRect();
      if (Math.abs(width - height) > 1) yield `${named(face)} is ${Math.round(width)} × ${Math.round(height)}`;
    }
  }

  // A link inside a sentence is as high as its line; all else is for a thumb.
  function inSentence(control, all) {
    if (control.localName !== "a" || !styleOf(control).inline) return false;
    const blockOf = (element) => [...ancestors(element)].find((each) => !styleOf(each).inline);
    const block = blockOf(control.parentElement);
    return all.some(
      ({ node, parent }) =>
        block.contains(node) && !control.contains(node) && /\p{L}/u.test(node.data) && blockOf(parent) === block,
    );
  }

  // Where a finger finds a control: its box, its label's, and what ::before and ::after add around it.
  function reach(control) {
    const label = control.closest("label") ?? (control.id && document.querySelector(`label.pick[for="${CSS.escape(control.id)}"]`));
    const of = label || control;
    let { left, right, top, bottom } = of.getBoundingClientRect();
    for (const pseudo of ["::before", "::after"]) {
      const css = getComputedStyle(of, pseudo);
      if (css.content === "none" || css.position !== "absolute") continue;
      if (styleOf(of).css.position === "static" && of.offsetParent) ({ left, right, top, bottom } = of.offsetParent.getBoundingClientRect());
      const [up, along, down, back] = [css.top, css.right, css.bottom, css.left].map(parseFloat);
      left += Math.min(0, back || 0);
      right -= Math.min(0, along || 0);
      top += Math.min(0, up || 0);
      bottom -= Math.min(0, down || 0);
    }
    return { wide: right - left, high: bottom - top };
  }

  function* small(acts, all) {
    for (const control of acts) {
      if (control.disabled || control.closest("[aria-hidden=true]") || inSentence(control, all)) continue;
      const { wide, high } = reach(control);
      if (high >= TARGET - 0.5 && wide >= TARGET - 0.5) continue;
      yield `${named(control)} ${says(control.textContent)} is a target of ${Math.round(wide)} × ${Math.round(high)}`;
    }
  }

  // What is wrong with what is shown `within` a part of the page, which may have been opened over the rest.
  function faults(touch, within = "body", larger = false) {
    styles = new Map();
    const found = [];
    const part = [...document.querySelectorAll(within)].find((each) => each.checkVisibility());
    if (!part) return [`${within} is not seen`];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) found.push(`the page is ${root.scrollWidth} px wide`);
    const all = pieces(part);
    for (const piece of all) found.push(...spilling(piece), ...(larger ? [] : torn(piece)));
    found.push(...overlapping(all), ...squeezed(part), ...cutInside(part, larger));
    const acts = controls(part);
    found.push(...outside(acts));
    if (touch) found.push(...small(acts, all));
    return found;
  }

  window.measure = faults;

  // The same with text of twice the size.
  window.larger = () => {
    document.documentElement.style.fontSize = "200%";
    const found = faults(false, "body", true);
    document.documentElement.style.fontSize = "";
    return found;
  };

  // One heading of the first rank, and nothing that moves by itself for somebody who wants nothing to move.
  window.outline = (samples) => {
    const heads = [...document.querySelectorAll("h1")].filter((each) => each.checkVisibility()).length;
    const moving = document.getAnimations().filter((each) => each.effect?.getComputedTiming().duration > 10);
    return [
      ...(heads === 1 || samples ? [] : [`${heads} headings of the first rank`]),
      ...moving.map((each) => `${named(each.effect.target)} moves`),
    ];
  };

  // Fills a form of the page and sends it past all that the browser would check.
  window.send = (typed) => {
    const field = document.querySelector(`main form [name="${Object.keys(typed)[0]}"]`);
    const form = field.form;
    for (const [name, value] of Object.entries(typed)) {
      for (const each of form.querySelectorAll(`[name="${name}"]`)) {
        if (each.type === "radio" || each.type === "checkbox") each.checked = each.value === value;
        else if (each.localName === "input") each.type = "text";
        if (!each.checked) each.value = value;
      }
    }
    HTMLFormElement.prototype.submit.call(form);
  };

  // The list on top of a form that came back: it has the focus, and its lines lead to fields that say the same.
  window.summary = () => {
    const list = document.querySelector(".form-summary");
    if (!list) return ["there is no list of what is wrong"];
    const found = document.activeElement === list ? [] : ["the list of what is wrong has not the focus"];
    for (const line of list.querySelectorAll("li")) {
      const link = line.querySelector("a");
      const field = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
      const said = field?.getAttribute("aria-describedby")?.split(" ").map((id) => document.getElementById(id)?.textContent ?? "");
      if (!link) found.push(`${says(line.textContent)} leads to no field`);
      else if (!field) found.push(`${says(line.textContent)} leads to ${link.hash}, which is not there`);
      else if (!said?.some((text) => text.trim() === line.textContent.trim())) found.push(`${link.hash} does not say ${says(line.textContent)}`);
    }
    return found;
  };
})();
