import { attributes, colourSheet, type Html, html } from './html.ts'
import { languageNames, languages } from './language.ts'
import { coloursOf, type Look } from './look.ts'
import type { Visit } from './visit.ts'
import { pageWords } from './words.ts'

/** The light bundle's files as they are called in this build; null where the browser part was not built. */
export interface PageFiles {
  readonly script: string
  readonly styles: readonly string[]
}

/** Where the company's page for customers is, and its logo, and where a browser is told to remember a language. */
export const homePath = '/p/'
export const logoPath = '/p/logo'
export const languagePath = '/p/language'

export interface DocumentParts {
  readonly visit: Pick<Visit, 'language' | 'isAsked' | 'isFramed' | 'token' | 'to'>
  readonly look: Look
  readonly files: PageFiles | null
  readonly nonce: string
  readonly title: string
  readonly body: Html
  /** The address of this very page, without what is carried along. */
  readonly here: string
  readonly isListed: boolean
}

/** The whole document around a page: the company's name and logo, the page, and the choice of language. */
export function documentOf({ visit, look, files, nonce, title, body, here, isListed }: DocumentParts): string {
  const t = pageWords(visit.language)
  const document = html`<!doctype html>
<html ${attributes({ lang: visit.language, class: visit.isFramed ? 'framed' : null })}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="same-origin">
${!isListed && html`<meta name="robots" content="noindex, nofollow">`}
<title>${title === look.name ? title : `${title} · ${look.name}`}</title>
<link rel="icon" href="data:,">
${files?.styles.map((path) => html`<link rel="stylesheet" href="${path}">`)}
${look.colour && colourSheet(nonce, coloursOf(look.colour))}
</head>
<body>
<a class="skip" href="#main">${t('frame.skip')}</a>
<header class="top">${brand(look, visit)}</header>
<main id="main" tabindex="-1">
<h1>${title}</h1>
${body}
</main>
<footer class="foot">${languageChoice(visit, here)}${look.email && html`<p>${t('frame.contact')}${t('form.colon')}<a href="mailto:${look.email}">${look.email}</a></p>`}</footer>
${files && html`<script type="module" nonce="${nonce}" src="${files.script}"></script>`}
</body>
</html>
`
  return document.toString()
}

function brand(look: Look, visit: DocumentParts['visit']): Html {
  const logo = look.logo && html`<img src="${logoPath}?v=${look.logo.version}" alt="" height="32">`
  return html`<a class="brand" href="${visit.to(homePath)}">${logo}<span>${look.name}</span></a>`
}

/** Each language by its own name. What was asked for in the address is only remembered where somebody says so. */
function languageChoice(visit: DocumentParts['visit'], here: string): Html {
  const t = pageWords(visit.language)
  const at = (language: string) => `${here}${here.includes('?') ? '&' : '?'}lang=${language}`
  const links = languages.map(
    (one) =>
      html`<li><a ${attributes({ href: at(one), lang: one, 'aria-current': one === visit.language ? 'true' : null })}>${languageNames[one]}</a></li>`,
  )
  const remember = html`<form method="post" action="${visit.to(languagePath)}">
    <input type="hidden" name="_form" value="${visit.token}">
    <input type="hidden" name="language" value="${visit.language}"><input type="hidden" name="path" value="${here}">
    <button class="plain" type="submit">${t('frame.remember', { language: languageNames[visit.language] })}</button>
  </form>`
  return html`<nav aria-label="${t('frame.language')}"><ul class="languages">${links}</ul>${visit.isAsked && !visit.isFramed && remember}</nav>`
}
