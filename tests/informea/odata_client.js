// Reads the feed with @odata/client and prints what it received as JSON: node odata_client.js SERVICE_ROOT
const { OData } = require("@odata/client");

async function main(root) {
  const client = OData.New({ serviceEndpoint: root });
  const decisions = client.getEntitySet("Decisions");
  const one = await decisions.retrieve("MC-5-3", client.newOptions().expand("title"));
  const found = client.newOptions().filter(client.newFilter().property("treaty").eq("basel"));
  const page = await decisions.query(found.orderby("updated", "desc").skip(1).top(5).select(["id", "number"]));
  const missing = await decisions.retrieve("nothing").catch((error) => error.message);
  console.log(JSON.stringify({
    number: one.number,
    languages: one.title.results.map((title) => title.language),
    page: page.map((row) => row.number.slice(0, 3)),
    members: Object.keys(page[0]),
    count: await decisions.count(),
    missing,
  }));
}

main(process.argv[2]).catch((error) => {
  console.error(error);
  process.exit(1);
});
