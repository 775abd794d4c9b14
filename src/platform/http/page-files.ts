import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PageFiles } from '../pages/document.ts'

const entry = 'src/light/light.ts'
const widget = 'src/light/widget.ts'

interface Built {
  readonly file: string
  readonly css?: readonly string[]
}

/** What the build made for pages for customers, by the names that it gave; undefined where it made nothing of the kind. */
export function pageFilesIn(folder: string): (PageFiles & { readonly widget: string }) | undefined {
  const path = join(folder, '.vite', 'manifest.json')
  if (!existsSync(path)) return undefined
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as Readonly<Record<string, Built | undefined>>
  const [page, loader] = [manifest[entry], manifest[widget]]
  if (!page || !loader) return undefined
  return {
    script: `/${page.file}`,
    styles: (page.css ?? []).map((file) => `/${file}`),
    widget: readFileSync(join(folder, loader.file), 'utf8'),
  }
}
