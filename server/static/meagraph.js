// Enhancements only: every page works without them.
"use strict";

const editor = document.getElementById("query");

function markPlace() {
  const line = Number(editor.dataset.line), column = Number(editor.dataset.column);
  if (!line) return;
  const lines = editor.value.split("\n");
  const start = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
  editor.focus();
  editor.setSelectionRange(start + column - 1, start + (lines[line - 1] || "").length);
}

function shellQuote(text) {
  return "'" + text.replaceAll("'", "'\\''") + "'";
}

async function copyCurl(button) {
  const command = "curl -H 'Accept: text/csv' --data-urlencode " + shellQuote("query=" + editor.value) + " " + shellQuote(button.dataset.endpoint);
  const label = button.textContent;
  try {
    await navigator.clipboard.writeText(command);
    button.textContent = "Copied";
  } catch {
    window.prompt("Copy this command", command);
  }
  setTimeout(() => { button.textContent = label; }, 1500);
}

function addPrefixes() {
  const declared = new Set([...editor.value.matchAll(/^\s*PREFIX\s+([\w-]*):/gim)].map((found) => found[1]));
  const lines = document.getElementById("prefixes").textContent.trim().split("\n");
  const missing = lines.filter((line) => {
    const name = line.split(/[\s:]+/)[1];
    return !declared.has(name) && new RegExp("(^|[^\\w:<])" + name + ":").test(editor.value);
  });
  if (missing.length) editor.value = missing.join("\n") + "\n" + editor.value;
  editor.focus();
}

if (editor) {
  markPlace();
  const curl = document.getElementById("copy-curl"), prefixes = document.getElementById("add-prefixes");
  curl.hidden = prefixes.hidden = false;
  curl.addEventListener("click", () => copyCurl(curl));
  prefixes.addEventListener("click", addPrefixes);
  editor.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) editor.form.requestSubmit();
  });
}
