// Single letters in the console. Each is shown beside its action as <kbd class="key">, does nothing while somebody
// types, and all of them can be turned off (WCAG 2.1.4). Every action is a link, a button or a field without them too.
(function () {
  "use strict";
  var page = document.documentElement;
  var sheet = document.getElementById("keys");
  if (!sheet || !sheet.showModal) { return; }

  var OFF = "keys=off";
  var on = document.cookie.split("; ").indexOf(OFF) < 0;
  var here = null;

  function keep() {
    // Says one word about the browser and nothing about who sits at it.
    var secure = location.protocol === "https:" ? "; secure" : "";
    document.cookie = (on ? "keys=; max-age=0" : OFF + "; max-age=31536000") + "; path=/; samesite=strict" + secure;
  }

  function show() {
    page.classList.toggle("keyed", on);
    document.querySelectorAll("[data-keys]").forEach(function (part) { part.hidden = (part.dataset.keys === "on") !== on; });
    document.querySelectorAll("[data-key]").forEach(function (part) {
      if (on) { part.setAttribute("aria-keyshortcuts", part.dataset.key); } else { part.removeAttribute("aria-keyshortcuts"); }
    });
  }

  function typing(part) {
    return part.isContentEditable || /^(TEXTAREA|SELECT)$/.test(part.tagName) ||
      (part.tagName === "INPUT" && !/^(button|checkbox|radio|submit)$/.test(part.type));
  }

  // Whoever writes in another script has other letters on the same keys.
  function letter(event) {
    if (/^[a-z?\u061f]$/i.test(event.key)) { return event.key.toLowerCase(); }
    return /^Key[A-Z]$/.test(event.code) ? event.code.slice(3).toLowerCase() : "";
  }

  function seen(part) { return part.getClientRects().length > 0; }

  function stand(row) {
    document.querySelectorAll(".row[aria-current]").forEach(function (other) { other.removeAttribute("aria-current"); });
    here = row;
    row.setAttribute("aria-current", "true");
  }

  function move(step) {
    var rows = Array.from(document.querySelectorAll(".row"));
    if (!rows.length) { return false; }
    var next = here ? rows.indexOf(here) + step : 0;
    var row = rows[Math.min(Math.max(next, 0), rows.length - 1)];
    row.querySelector("a").focus();
    row.scrollIntoView({ block: "nearest" });
    return true;
  }

  function press(key) {
    var part = Array.from(document.querySelectorAll('[data-key="' + key + '"]')).find(seen);
    if (!part) { return false; }
    if (typing(part)) { part.focus(); part.scrollIntoView({ block: "center" }); } else { part.click(); }
    return true;
  }

  // The queue has one form for taking; the row where the lamp stands says where it goes.
  function takeHere() {
    var form = document.getElementById("take-next");
    if (!form || !here || !here.dataset.take) { return false; }
    form.action = here.dataset.take;
    form.submit();
    return true;
  }

  var DONE = {
    "?": function () { sheet.showModal(); return true; },
    "\u061f": function () { sheet.showModal(); return true; },
    j: function () { return move(1); },
    k: function () { return move(-1); },
    t: function () { return takeHere() || press("t"); }
  };

  document.addEventListener("keydown", function (event) {
    if (!on || sheet.open || event.defaultPrevented || event.isComposing || event.repeat && !/^[jk]$/i.test(event.key)) { return; }
    if (event.ctrlKey || event.altKey || event.metaKey || typing(event.target)) { return; }
    var key = letter(event);
    if (!key || event.shiftKey && !/[?\u061f]/.test(key)) { return; }
    if (DONE[key] ? DONE[key]() : press(key)) { event.preventDefault(); }
  });

  document.addEventListener("focusin", function (event) {
    var row = event.target.closest(".row");
    if (row) { stand(row); }
  });

  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-keys-open]")) { sheet.showModal(); }
    if (event.target.closest("[data-keys-turn]")) { on = !on; keep(); show(); }
  });

  document.querySelectorAll("[data-keys-shown]").forEach(function (part) { part.hidden = false; });
  show();
})();
