// What every client asks, and how what it received is printed.
export const SELECT = 'SELECT ?n ?s { VALUES (?n ?s) { (1 "one, two") (UNDEF "été"@fr) } }';
export const ASK = "ASK { <http://example.org/one> ?p ?o }";
export const CONSTRUCT = 'CONSTRUCT { <http://e/s> <http://e/p> 1 , "é\\n\\"" , [] } WHERE {}';
export const MANY = "SELECT * { ?s <http://example.org/p> ?o }";
export const TOO_MUCH = "SELECT * { ?s <http://example.org/p> ?o . ?a <http://example.org/p> ?b }";

function text(term) {
  if (!term || term.termType === "BlankNode") return term ? "blank" : null;
  return `${term.value} ${term.language || term.datatype?.value.split("#")[1] || term.termType}`;
}

// `get`: the value of a variable in a row.
export const row = (get) => ["n", "s"].map((name) => text(get(name)));
export const objects = (quads) => quads.map((quad) => text(quad.object)).sort();
export const failure = (promise) => promise.then(() => "none", (error) => String(error.message));

export async function all(stream) {
  const found = [];
  for await (const item of stream) found.push(item);
  return found;
}
