// The program a Node user would write: csv-parse, HubSpot's own client, ten calls under way. No checks, no
// journal, no outcome files; a call that fails ends it.
import { createReadStream } from 'node:fs'
import { Client } from '@hubspot/api-client'
import { parse } from 'csv-parse'

const [file, basePath] = process.argv.slice(2)
const hubspot = new Client({
  accessToken: 'bench',
  basePath,
  numberOfApiCallRetries: 0,
  limiterOptions: { maxConcurrent: 10 },
})
const underWay = new Set()
let confirmed = 0

async function send(inputs) {
  const answer = await hubspot.crm.objects.batchApi.update('0-420', { inputs })
  confirmed += answer.results.length
}

async function room(most) {
  while (underWay.size > most) await Promise.race(underWay)
}

let inputs = []
async function flush() {
  await room(9)
  const call = send(inputs).then(() => underWay.delete(call))
  underWay.add(call)
  inputs = []
}

for await (const { id, ...properties } of createReadStream(file).pipe(parse({ columns: true }))) {
  inputs.push({ id, properties })
  if (inputs.length === 100) await flush()
}
if (inputs.length > 0) await flush()
await room(0)
console.log('confirmed', confirmed)
