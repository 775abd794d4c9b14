import { html, raw } from 'hono/html'

interface Operation {
  readonly operationId: string
  readonly summary: string
  readonly description: string
  readonly tags: readonly string[]
  readonly parameters: readonly { name: string; in: string; required: boolean; schema: object }[]
  readonly requestBody?: { content: Record<string, { schema: object }> }
  readonly responses: Record<string, { content: Record<string, { schema?: object }> }>
}

/** The described API as one readable page without scripts: endpoints by module, what they need, take and give. */
export function apiDocuments(described: object) {
  const { paths, info } = described as { paths: Record<string, Record<string, Operation>>; info: { version: string; description: string } }
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), ...operation })),
  )
  const modules = [...new Set(operations.map((o) => o.tags[0] ?? ''))]
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Patron API</title>
        <style>
          ${raw(style)}
        </style>
      </head>
      <body>
        <main>
          <h1>Patron API ${info.version}</h1>
          <p>${info.description} The same as data: <a href="/api/openapi.json">openapi.json</a>. All paths begin with <code>/api/v1</code>.</p>
          <nav aria-label="Modules"><ul>${modules.map((m) => html`<li><a href="#${m}">${m}</a></li>`)}</ul></nav>
          ${modules.map((m) => html`<section id="${m}"><h2>${m}</h2>${operations.filter((o) => o.tags[0] === m).map(describe)}</section>`)}
        </main>
      </body>
    </html>`
}

const describe = (o: Operation & { path: string; method: string }) => html`<details id="${o.operationId}">
  <summary><code class="method">${o.method}</code> <code>${o.path}</code> <span>${o.summary}</span></summary>
  <p>${o.description}</p>
  ${
    o.parameters.length > 0
      ? html`<table><thead><tr><th>Parameter</th><th>Where</th><th>Form</th></tr></thead><tbody>
          ${o.parameters.map((p) => html`<tr><td><code>${p.name}</code>${p.required ? ' (required)' : ''}</td><td>${p.in}</td><td><code>${JSON.stringify(p.schema)}</code></td></tr>`)}
        </tbody></table>`
      : ''
  }
  ${o.requestBody ? html`<h3>Takes</h3><pre>${JSON.stringify(Object.values(o.requestBody.content)[0]?.schema, null, 2)}</pre>` : ''}
  <h3>Gives</h3><pre>${JSON.stringify(Object.values(o.responses['200']?.content ?? {})[0]?.schema ?? {}, null, 2)}</pre>
</details>`

const style = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
main { max-width: 60rem; margin: 0 auto; padding: 1rem }
nav ul { display: flex; flex-wrap: wrap; gap: 1rem; list-style: none; padding: 0 }
details { border-top: 1px solid #8884; padding: .5rem 0 }
summary { cursor: pointer }
.method { display: inline-block; min-width: 4rem; font-weight: bold }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; padding: .25rem .5rem; border-bottom: 1px solid #8882; vertical-align: top; overflow-wrap: anywhere }
pre { overflow: auto; max-height: 24rem; padding: .5rem; background: #8881 }`
