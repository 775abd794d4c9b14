/** Where the files of a mail are fetched, and what stands in the place of pictures that lie elsewhere. */
export interface MailParts {
  readonly fileUrl: (fileId: string) => string
  /** Words for a picture on another machine, such as "Picture on shop.example". */
  readonly elsewhere: (host: string) => string
}

/**
 * The whole document of a mail whose HTML the server made safe, for a frame of its own: it may load nothing but the mail's own files, its links say where they lead, and pictures on other machines are named instead of shown. Pure.
 */
export function mailDocument(html: string, { fileUrl, elsewhere }: MailParts): string {
  const body = html
    .replace(
      /<img\b[^>]*\sdata-remote="([^"]*)"[^>]*>/g,
      (_, url: string) => `<span class="elsewhere">${escaped(elsewhere(hostOf(url)))}</span>`,
    )
    .replace(/(<img\b[^>]*\s)data-attachment="([^"]*)"/g, (_, before: string, id: string) => `${before}src="${escaped(fileUrl(id))}"`)
  return `<!doctype html><html><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><meta name="referrer" content="no-referrer"><base target="_blank"><style>${style}</style></head><body>${body}</body></html>`
}

const policy = "default-src 'none'; img-src 'self' data: blob:; style-src 'unsafe-inline'; form-action 'none'"

/** A mail is written on white, whatever the colours of the page around it. */
const style = `html{color-scheme:light;background:#fff}body{margin:12px;color:#1f1f1f;font:14px/1.55 system-ui,"PingFang SC","Microsoft YaHei","PingFang TC","Microsoft JhengHei","Noto Sans SC",sans-serif;overflow-wrap:anywhere}img{max-width:100%;height:auto}table{max-width:100%}pre{white-space:pre-wrap}blockquote{margin:8px 0;padding-left:10px;border-left:2px solid #ccc}a[data-host]::after{content:" [" attr(data-host) "]";background:#fff;color:#595959;font-size:12px}.elsewhere{display:inline-block;background:#fff;padding:2px 8px;border:1px dashed #8c8c8c;color:#595959;font-size:12px}`

function hostOf(written: string): string {
  const url = written.replaceAll('&amp;', '&')
  return URL.canParse(url) ? new URL(url).host : ''
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
