// Puts Yasgui in place of the plain form of the SPARQL page, which works without it.
import Yasgui from "@zazuko/yasgui";
import "@zazuko/yasgui/build/yasgui.min.css";

const form = document.querySelector("form.query");
const text = document.getElementById("query");
const place = document.getElementById("editor");

function declaredPrefixes() {
  const lines = document.getElementById("prefixes").textContent.trim().split("\n");
  return lines.map((line) => line.replace(/^PREFIX\s+/, ""));
}

function showPlainForm(plain) {
  form.hidden = !plain;
  place.hidden = plain;
  document.getElementById("editor-switch").textContent = plain ? "Use the editor" : "Use the plain form";
}

function start() {
  showPlainForm(false); // CodeMirror measures itself, so it has to be visible
  const endpoint = new URL(place.dataset.endpoint, document.baseURI).href;
  Yasgui.Yasqe.forkAutocompleter("prefixes", { name: "prefixes-local", persistenceId: null, get: async () => declaredPrefixes() });
  const yasgui = new Yasgui(place, {
    requestConfig: { endpoint, method: "POST" },
    endpointCatalogueOptions: { getData: () => [], keys: [] },
    copyEndpointOnNewTab: true,
    populateFromUrl: false,
    persistenceId: null,
    autofocus: false,
    yasqe: { value: text.value, autocompleters: ["prefixes-local", "variables"], createShareableLink: null },
  });
  yasgui.getTab().getYasqe().setValue(text.value);
  const change = document.getElementById("editor-switch");
  change.hidden = false;
  change.addEventListener("click", () => {
    if (form.hidden) text.value = yasgui.getTab().getYasqe().getValue();
    showPlainForm(form.hidden);
    yasgui.getTab().getYasqe().refresh();
  });
  yasgui.getTab().getYasqe().refresh();
}

if (form && text && place) start();
