import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { modules } from '../src/modules.ts'

const root = join(import.meta.dirname, '..', 'src')

/** Settings that are written by an endpoint of their own, with the page on which people do so. */
const ownPages: Readonly<Record<string, string>> = {
  'cases.own-regimes': 'modules/cases/screens/own-regime-form.tsx',
  'knowledge.phrases': 'modules/knowledge/screens/phrase-rules-page.tsx',
}

/** The code of a module's screens by file. The list of what settings are called (`index.ts`) is no form. */
function screensOf(module: string): ReadonlyMap<string, string> {
  const part = ['modules', 'platform'].find((one) => readdirSync(join(root, one)).includes(module))
  const folder = `${part}/${module}/screens`
  const names = readdirSync(join(root, folder), { encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name) && name !== 'index.ts')
  return new Map(names.map((name) => [`${folder}/${name}`, readFileSync(join(root, folder, name), 'utf8')]))
}

const settings = modules.flatMap(({ name, settings: all = [] }) => all.map(({ key }) => ({ key, module: name })))

test('whatever may be set has a form: nobody has to know the API to run the product', () => {
  expect(settings.length).toBeGreaterThan(20)
  const without = settings.filter(({ key, module }) => {
    const screens = screensOf(module)
    const page = ownPages[key]
    return page ? !screens.has(page) : ![...screens.values()].some((code) => code.includes(`'${key}'`) || code.includes(`"${key}"`))
  })
  expect(without).toEqual([])
})

test('no exception outlives its setting', () => {
  expect(Object.keys(ownPages).filter((key) => !settings.some((one) => one.key === key))).toEqual([])
})
