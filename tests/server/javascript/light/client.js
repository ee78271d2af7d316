// Asks through fetch-sparql-endpoint and sparql-http-client in each way they know, and writes: node client.js SITE GRAPH
import rdf from "@rdfjs/data-model";
import dataset from "@rdfjs/dataset";
import { Readable } from "node:stream";
import { SparqlEndpointFetcher } from "fetch-sparql-endpoint";
import StreamClient from "sparql-http-client";
import ParsingClient from "sparql-http-client/ParsingClient.js";
import { ASK, CONSTRUCT, MANY, SELECT, TOO_MUCH, all, failure, objects, row } from "./questions.js";

const [, , site, graph] = process.argv;
const endpoint = `${site}/sparql`;

async function fetcher(options) {
  const client = new SparqlEndpointFetcher(options);
  const rows = await all(await client.fetchBindings(endpoint, SELECT));
  return {
    rows: rows.map((bindings) => row((name) => bindings[name])),
    ask: await client.fetchAsk(endpoint, ASK),
    graph: objects(await all(await client.fetchTriples(endpoint, CONSTRUCT))),
    many: (await all(await client.fetchBindings(endpoint, MANY))).length,
    failure: await failure(client.fetchBindings(endpoint, TOO_MUCH)),
  };
}

async function httpClient(operation) {
  const client = new ParsingClient({ endpointUrl: endpoint });
  const streaming = new StreamClient({ endpointUrl: endpoint });
  const rows = await client.query.select(SELECT, { operation });
  return {
    rows: rows.map((bindings) => row((name) => bindings[name])),
    ask: await client.query.ask(ASK, { operation }),
    graph: objects([...(await client.query.construct(CONSTRUCT, { operation }))]),
    many: (await all(streaming.query.select(MANY, { operation }))).length,
    failure: await failure(client.query.select(TOO_MUCH, { operation })),
  };
}

async function write() {
  const places = { endpointUrl: endpoint, updateUrl: `${site}/update`, storeUrl: `${site}/store` };
  const client = new ParsingClient({ ...places, headers: { Authorization: "Bearer secret" } });
  const streaming = new StreamClient({ ...places, headers: { Authorization: "Bearer secret" } });
  const [s, p, notes] = ["http://e/s", "http://e/p", graph].map((iri) => rdf.namedNode(iri));
  const sent = dataset.dataset([rdf.quad(s, p, rdf.literal("été", "fr"), notes)]);
  await streaming.store.put(Readable.from(sent), { graph: notes });
  await client.query.update(`INSERT DATA { GRAPH <${graph}> { <http://e/s> <http://e/p> "two" } }`);
  return objects(await all(streaming.store.get(notes)));
}

console.log(JSON.stringify({
  "fetch-sparql-endpoint by form": await fetcher({}),
  "fetch-sparql-endpoint by direct POST": await fetcher({ directPost: true }),
  "fetch-sparql-endpoint by GET": await fetcher({ method: "GET" }),
  "sparql-http-client by GET": await httpClient("get"),
  "sparql-http-client by form": await httpClient("postUrlencoded"),
  "sparql-http-client by direct POST": await httpClient("postDirect"),
  written: await write(),
}));
