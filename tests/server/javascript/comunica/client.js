// Asks through Comunica, which finds out by itself what the source is, or is told: node client.js SITE GRAPH
import { QueryEngine } from "@comunica/query-sparql";
import { ASK, CONSTRUCT, MANY, SELECT, TOO_MUCH, failure, objects, row } from "./questions.js";

const endpoint = `${process.argv[2]}/sparql`;

async function comunica(source) {
  const engine = new QueryEngine();
  const context = { sources: [source] };
  const rows = await (await engine.queryBindings(SELECT, context)).toArray();
  return {
    rows: rows.map((binding) => row((name) => binding.get(name))),
    ask: await engine.queryBoolean(ASK, context),
    graph: objects(await (await engine.queryQuads(CONSTRUCT, context)).toArray()),
    many: (await (await engine.queryBindings(MANY, context)).toArray()).length,
    failure: await failure(engine.queryBindings(TOO_MUCH, context).then((found) => found.toArray())),
  };
}

console.log(JSON.stringify({
  "Comunica": await comunica(endpoint),
  "Comunica, told": await comunica({ type: "sparql", value: endpoint }),
}));
