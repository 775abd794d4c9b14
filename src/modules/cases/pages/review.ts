import { type Html, html, lines } from '#platform/pages/html.ts'

/** A review in words, ready to be printed. */
export interface ReviewDocument {
  readonly language: string
  readonly title: string
  readonly facts: readonly (readonly [name: string, value: string])[]
  readonly asOf: string
  readonly heads: { readonly figure: string; readonly now: string; readonly before: string; readonly change: string }
  readonly sections: readonly {
    readonly title: string
    readonly about: string
    readonly figures: readonly {
      readonly name: string
      readonly about: string
      readonly now: string
      readonly before: string
      readonly change: string
    }[]
    readonly lists: readonly {
      readonly title: string
      readonly rows: readonly { readonly name: string; readonly now: string; readonly before: string; readonly vital: boolean }[]
      readonly rest: string
    }[]
    readonly lines: readonly string[]
    readonly conclusions: readonly string[]
  }[]
  readonly conclusionsTitle: string
  readonly ends: readonly { readonly title: string; readonly items: readonly string[] }[]
}

/** One file that needs nothing beside it, black on white. */
export const reviewPage = (doc: ReviewDocument): Html => html`<!doctype html>
<html lang="${doc.language}">
<head>
<meta charset="utf-8">
<title>${doc.title}</title>
<style>
body { font: 11pt/1.45 system-ui, "Noto Sans", "Noto Sans SC", "Noto Sans TC", sans-serif; max-width: 190mm; margin: 10mm auto; padding: 0 5mm; color: #000; background: #fff; }
h1 { font-size: 18pt; margin: 0 0 2mm; }
h2 { font-size: 13pt; margin: 8mm 0 1mm; break-after: avoid; }
h3 { font-size: 11pt; margin: 4mm 0 1mm; break-after: avoid; }
table { border-collapse: collapse; width: 100%; }
tr { break-inside: avoid; }
th, td { text-align: start; vertical-align: top; padding: 1mm 2mm; border-bottom: 0.2mm solid #999; }
td + td, th + th { text-align: end; }
small, .about { color: #444; font-size: 9pt; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 1mm 4mm; margin: 0; }
dd { margin: 0; }
</style>
</head>
<body>
<h1>${doc.title}</h1>
<dl>${doc.facts.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>
<p class="about">${doc.asOf}</p>
${doc.sections.map(
  (one) => html`<h2>${one.title}</h2>
<p class="about">${one.about}</p>
${
  one.figures.length > 0 &&
  html`<table><thead><tr><th>${doc.heads.figure}</th><th>${doc.heads.now}</th><th>${doc.heads.before}</th><th>${doc.heads.change}</th></tr></thead><tbody>${one.figures.map(
    (figure) =>
      html`<tr><td>${figure.name}<br><small>${figure.about}</small></td><td>${figure.now}</td><td>${figure.before}</td><td>${figure.change}</td></tr>`,
  )}</tbody></table>`
}
${one.lists.map(
  (list) => html`<h3>${list.title}</h3>
<table><thead><tr><th>${list.title}</th><th>${doc.heads.now}</th><th>${doc.heads.before}</th></tr></thead><tbody>${list.rows.map(
    (row) => html`<tr><td>${row.vital ? html`<b>${row.name}</b>` : row.name}</td><td>${row.now}</td><td>${row.before}</td></tr>`,
  )}</tbody></table>
<p class="about">${list.rest}</p>`,
)}
${one.lines.length > 0 && html`<ul>${one.lines.map((line) => html`<li>${line}</li>`)}</ul>`}
${one.conclusions.length > 0 && html`<h3>${doc.conclusionsTitle}</h3>${one.conclusions.map((text) => html`<p>${lines(text)}</p>`)}`}`,
)}
${doc.ends.map((end) => end.items.length > 0 && html`<h2>${end.title}</h2><ul>${end.items.map((item) => html`<li>${lines(item)}</li>`)}</ul>`)}
</body>
</html>
`
