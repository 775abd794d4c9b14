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
  <p>${worded(o.description)}</p>
  ${
    o.parameters.length > 0
      ? html`<table><thead><tr><th>Parameter</th><th>Where</th><th>Form</th></tr></thead><tbody>
          ${o.parameters.map((p) => html`<tr><td><code>${p.name}</code>${p.required ? ' (required)' : ''}</td><td>${p.in}</td><td><code>${JSON.stringify(p.schema)}</code></td></tr>`)}
        </tbody></table>`
      : ''
  }
  ${o.requestBody ? html`<h3>Takes</h3><pre tabindex="0">${JSON.stringify(Object.values(o.requestBody.content)[0]?.schema, null, 2)}</pre>` : ''}
  <h3>Gives</h3><pre tabindex="0">${JSON.stringify(Object.values(o.responses['200']?.content ?? {})[0]?.schema ?? {}, null, 2)}</pre>
</details>`

/** What stands between backticks is a word of the API. */
const worded = (text: string) => text.split('`').map((part, i) => (i % 2 === 1 ? html`<code>${part}</code>` : part))

/** The colours of the product, bright or dark as the device is. */
const style = `
:root { color-scheme: light dark; --ink: #1b2320; --muted: #56615b; --paper: #f4f5f1; --surface: #fff; --line: #dcdfd7; --accent: #1d5f52 }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8ede9; --muted: #a6b1ab; --paper: #121614; --surface: #1a201d; --line: #303935; --accent: #6fc3aa }
}
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif }
main { max-width: 60rem; margin: 0 auto; padding: 1rem }
a { color: var(--accent) }
code, pre { font: .875em/1.5 ui-monospace, monospace }
nav ul { display: flex; flex-wrap: wrap; gap: .5rem 1rem; list-style: none; padding: 0 }
details { margin-bottom: .5rem; padding: .5rem .75rem; border: 1px solid var(--line); border-radius: 8px; background: var(--surface) }
summary { cursor: pointer; overflow-wrap: anywhere }
summary span { color: var(--muted) }
.method { display: inline-block; min-width: 4rem; color: var(--accent); font-weight: bold }
h3 { margin: 1rem 0 .5rem; font-size: 1rem }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid var(--line); vertical-align: top }
th, td:not(:last-child) { white-space: nowrap }
td:last-child { overflow-wrap: anywhere }
pre { overflow: auto; max-height: 24rem; margin: 0; padding: .5rem .75rem; border-radius: 6px; background: var(--paper) }
@media (max-width: 40rem) {
  summary span { display: block }
  thead { position: absolute; clip-path: inset(50%) }
  tr, td { display: block }
  td:not(:last-child) { border: 0; padding-bottom: 0; white-space: normal }
}`
