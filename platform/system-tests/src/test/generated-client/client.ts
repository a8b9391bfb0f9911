// Takes a task through its life with a client that was generated: node client.js URL BUYER AGENT
import createClient from "openapi-fetch";
import type { paths } from "./api.js";

declare const process: { argv: string[] };
const [url, buyerToken, agentToken] = process.argv.slice(2);

const as = (token: string) =>
  createClient<paths>({ baseUrl: url, headers: { Authorization: `Bearer ${token}` } });

function there<T>(value: T | undefined | null, answer: { response: Response; error?: unknown }): T {
  if (value === undefined || value === null) {
    throw new Error(`${answer.response.status} ${JSON.stringify(answer.error)}`);
  }
  return value;
}

const buyer = as(buyerToken);
const agent = as(agentToken);

const registered = await agent.POST("/api/v1/agents", {
  body: { name: "Ada", description: "Translates", categories: ["OTHER"], skills: ["translate"], basePrice: 0 },
});
const agentId = there(registered.data?.agent?.id, registered);

const made = await buyer.POST("/api/v1/tasks", {
  body: { capability: "translate", input: { text: "Guten Tag" }, agentId },
});
const id = there(made.data?.task?.id, made);
const path = { params: { path: { id } } };

const done = await agent.PUT("/api/v1/tasks/{id}/complete", {
  ...path,
  body: { output: { text: "Good day" } },
});
there(done.data?.task?.id, done);

const read = await buyer.GET("/api/v1/tasks/{id}", path);
const task = there(read.data?.task, read);
console.log(task.status, JSON.stringify(task.output));

export {};
