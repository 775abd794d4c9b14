import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Converter } from 'opencc-js'
import { expect, test } from 'vitest'
import { modules } from '../src/modules.ts'

const root = join(import.meta.dirname, '..', 'src')
const languages = ['en', 'zh-CN', 'zh-TW'] as const
type Language = (typeof languages)[number]

/** One folder of texts and the sources that speak with it. */
interface Home {
  readonly name: string
  readonly folder: string
  readonly texts: Readonly<Record<Language, ReadonlyMap<string, unknown>>>
}

const folders = ['ui', ...within('modules'), ...within('platform')].filter(
  (folder) => existsSync(join(root, folder, 'texts')) && readdirSync(join(root, folder, 'texts')).length > 0,
)
const homes: readonly Home[] = folders.map((folder) => ({
  name: folder.split('/').at(-1) ?? '',
  folder,
  texts: Object.fromEntries(
    languages.map((language) => [language, new Map(flat(read(join(root, folder, 'texts', `${language}.json`))))]),
  ) as unknown as Home['texts'],
}))
const shellTexts = homes.find((home) => home.folder === 'ui')?.texts.en ?? new Map()

test('there are texts to look at', () => {
  expect(folders).toContain('ui')
  expect(shellTexts.size).toBeGreaterThan(50)
})

test.each(homes)('$folder: the three languages have the same keys', ({ texts }) => {
  const expected = bases(texts.en)
  for (const language of languages) expect([language, ...bases(texts[language])]).toEqual([language, ...expected])
})

const givers = modules.flatMap(({ name, permissions }) =>
  homes.filter((home) => home.name === name).map(({ texts }) => ({ name, permissions, texts })),
)
test.each(givers)('every permission of $name has a name for whoever gives it', ({ name, permissions, texts }) => {
  const nameless = Object.keys(permissions).filter((permission) => !texts.en.has(permission.replace(`${name}.`, 'permission.')))
  expect(nameless).toEqual([])
})

test.each(homes)('$folder: every plural has the forms that its language needs, and no other', ({ texts }) => {
  for (const language of languages) {
    const needed = [...new Intl.PluralRules(language).resolvedOptions().pluralCategories].sort()
    const forms = new Map<string, string[]>()
    for (const key of texts[language].keys())
      if (baseOf(key) !== key) forms.set(baseOf(key), [...(forms.get(baseOf(key)) ?? []), key.slice(baseOf(key).length + 1)].sort())
    for (const [key, found] of forms) expect([language, key, found]).toEqual([language, key, needed])
  }
})

test.each(homes)('$folder: no text is empty, and each is text', ({ texts }) => {
  for (const language of languages)
    expect(
      [...texts[language]].filter(([, text]) => typeof text !== 'string' || text.trim() === '').map(([key]) => `${language} ${key}`),
    ).toEqual([])
})

test.each(homes)('$folder: the same placeholders stand in all languages', ({ texts }) => {
  const named = (map: ReadonlyMap<string, unknown>) => {
    const found = new Map<string, Set<string>>()
    for (const [key, text] of map) {
      const base = baseOf(key)
      const names = found.get(base) ?? new Set<string>()
      for (const match of String(text).matchAll(/\{\{\s*(\w+)[^}]*\}\}/g)) names.add(match[1] ?? '')
      // A singular may do without its number ("one row").
      if (base !== key) names.add('count')
      found.set(base, names)
    }
    return [...found].map(([key, names]) => `${key}: ${[...names].sort().join(' ')}`).sort()
  }
  for (const language of languages) expect(named(texts[language])).toEqual(named(texts.en))
})

/** Words that are right although the converter would write them otherwise in some context. */
const allowed: readonly string[] = ['看表格', '占', '只', '折']

const toTraditional = Converter({ from: 'cn', to: 'tw' })
const toSimplified = Converter({ from: 't', to: 'cn' })

test.each(homes)('$folder: zh-CN has no characters of Traditional Chinese', ({ texts }) => {
  expect(foreign(texts['zh-CN'], toSimplified)).toEqual([])
})

test.each(homes)('$folder: zh-TW has no characters of Simplified Chinese', ({ texts }) => {
  expect(foreign(texts['zh-TW'], toTraditional)).toEqual([])
})

test('the test itself knows one script from the other', () => {
  const of = (text: string) => new Map([['key', text]])
  expect(foreign(of('客戶'), toSimplified)).toEqual(['key: 戶'])
  expect(foreign(of('客户订单'), toTraditional)).toEqual(['key: 户订单'])
  expect(foreign(of('以后再说,顾客里面'), toTraditional)).toEqual(['key: 后说顾里'])
})

test('zh-TW speaks as people in Taiwan do', () => {
  const mainland =
    /客戶端口|導入|導出|設置|默認|打印|服務器|網絡|信息|軟件|硬件|數據庫|鼠標|屏幕|登錄|註銷|保存|菜單|文件夾|賬號|賬戶|視頻|質量|用戶界面|搜索/
  const found = homes.flatMap(({ folder, texts }) =>
    [...texts['zh-TW']].filter(([, text]) => mainland.test(String(text))).map(([key, text]) => `${folder} ${key}: ${text}`),
  )
  expect(found).toEqual([])
})

test.each(homes.map((home) => ({ ...home, sources: sourcesOf(home) })))(
  '$folder: every literal key in the screens exists',
  ({ name, texts, sources }) => {
    const missing = sources.flatMap(({ path, code }) =>
      [...usedKeys(code)].filter((key) => !known(key, name, texts.en)).map((key) => `${path}: ${key}`),
    )
    expect(missing).toEqual([])
  },
)

/** Which literal keys a source asks for: `t('key')` and `t(kind === 'x' ? 'a' : 'b')`, besides the labels of screens. */
function* usedKeys(code: string): Generator<string> {
  for (const asked of code.matchAll(/(?<![\w.$])t\(([^`)]*?)[,)]/g))
    for (const literal of (asked[1] ?? '').matchAll(/([=!]== )?'([^']*)'( [=!]==)?/g))
      if (!literal[1] && !literal[3]) yield literal[2] ?? ''
  if (code.includes('Screens')) for (const label of code.matchAll(/\b(?:label|keywords): '([^']+)'/g)) yield label[1] ?? ''
}

test.each(homes.map((home) => ({ ...home, sources: sourcesOf(home) })))(
  '$folder: whoever speaks with the words of another module waits for them',
  ({ name, sources }) => {
    const hasty = sources.flatMap(({ path, code }) => foreignWords(code, name).map((other) => `${path}: ${other}`))
    expect(hasty).toEqual([])
  },
)

/** The modules whose words a source asks for (`t('orders:term')`) without `useWords` having waited for them. The shell's are always there. */
function foreignWords(code: string, own: string): string[] {
  const asked = [...code.matchAll(/(?<![\w.$])t\(\s*['`]([a-z]+):/g)].map((match) => match[1] ?? '')
  const waits = [...code.matchAll(/useWords\(([^)]*)\)/g)].map((match) => match[1]).join(' ')
  return [...new Set(asked)].filter((other) => other !== own && other !== 'ui' && !waits.includes(`'${other}'`))
}

test('the test itself sees who does not wait', () => {
  expect(foreignWords("const t = useWords('value')\nt('orders:term')", 'value')).toEqual(['orders'])
  expect(foreignWords("const t = useWords('value', 'orders')\nt('orders:term')", 'value')).toEqual([])
})

test('whatever a module tells on the timeline can be chosen there', () => {
  for (const { name } of modules.filter(({ timeline }) => timeline)) {
    const home = homes.find((one) => one.folder === `modules/${name}`)!
    const offered = [...home.texts.en.keys()].filter((key) => key.startsWith('timelineKind.')).map((key) => key.split('.')[1])
    const code = readFileSync(join(root, home.folder, 'screens/index.ts'), 'utf8')
    for (const what of offered) expect([name, code.includes(`label: 'timelineKind.${what}'`)]).toEqual([name, true])
    expect([name, ...offered]).toContain('all')
    // The archive's own words for the timeline are also those of its page.
    const told = name === 'customers' ? [] : bases(home.texts.en).flatMap((key) => (/^timeline\.(.+)$/.exec(key) ?? [])[1] ?? [])
    expect([name, told.filter((what) => !offered.includes(what))]).toEqual([name, []])
  }
})

test('the test itself sees which keys a source asks for', () => {
  expect([...usedKeys("x(t('a.b', { n }), t(kind === 'x' ? 'one' : 'two'), get('no'), t(`no`))")]).toEqual(['a.b', 'one', 'two'])
})

function known(key: string, module: string, own: ReadonlyMap<string, unknown>): boolean {
  const [namespace, plain] = key.includes(':') ? (key.split(':') as [string, string]) : [module, key]
  const there = namespace === module ? own : homes.find((home) => home.name === namespace)?.texts.en
  return [there, shellTexts].some((texts) => texts?.has(plain) || texts?.has(`${plain}_other`))
}

function sourcesOf({ folder }: Home): { path: string; code: string }[] {
  const where = folder === 'ui' ? 'ui' : join(folder, 'screens')
  if (!existsSync(join(root, where))) return []
  return (
    readdirSync(join(root, where), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name))
      // Examples in comments speak of modules that need not exist.
      .map((name) => ({
        path: join(where, name),
        code: readFileSync(join(root, where, name), 'utf8').replace(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*$/gm, ''),
      }))
  )
}

/** For each text the characters that the converter changes. It looks at whole words, so that 皇后 stays and 以后 does not. */
function foreign(texts: ReadonlyMap<string, unknown>, convert: (text: string) => string): string[] {
  const wrong = (text: string) => {
    const plain = [...allowed.reduce((rest, word) => rest.replaceAll(word, '·'.repeat(word.length)), text)]
    const converted = [...convert(plain.join(''))]
    return plain.filter((character, at) => character !== converted[at]).join('')
  }
  return [...texts]
    .map(([key, text]) => ({ key, found: wrong(String(text)) }))
    .filter(({ found }) => found !== '')
    .map(({ key, found }) => `${key}: ${found}`)
}

const bases = (map: ReadonlyMap<string, unknown>) => [...new Set([...map.keys()].map(baseOf))].sort()
function baseOf(key: string): string {
  return key.replace(/_(zero|one|two|few|many|other)$/, '')
}

function* flat(value: unknown, before = ''): Generator<[string, unknown]> {
  if (typeof value !== 'object' || value === null) return yield [before, value]
  for (const [key, inner] of Object.entries(value)) yield* flat(inner, before ? `${before}.${key}` : key)
}

function within(part: string): string[] {
  return readdirSync(join(root, part), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => `${part}/${entry.name}`)
}

function read(path: string): unknown {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {}
}

/** Facts that only wake work are no entries of the trail. */
const wakes = ['organization.notifications-due', 'webhooks.deliveries-due']

test('everything that is announced has words, since people read it in the trail', () => {
  const words = (module: string) => homes.find(({ name }) => name === module)?.texts.en ?? new Map<string, unknown>()
  const names = modules.flatMap(({ facts = [] }) => facts.map(({ name }) => name)).filter((name) => !wakes.includes(name))
  const without = names.filter((name) => {
    const [module = '', ...rest] = name.split('.')
    return module === 'platform'
      ? !words('organization').has(`platformFact.${rest.join('.')}`)
      : !words(module).has(`fact.${rest.join('.')}`)
  })
  expect(names.length).toBeGreaterThan(30)
  expect([...new Set(without)]).toEqual([])
})

test('what has ended and what was set is named in the trail by the words of its list and of its form', () => {
  const kinds = modules.flatMap(({ runs = [] }) => runs.map(({ kind }) => kind))
  const runWords = homes.find(({ name }) => name === 'runs')?.texts.en
  expect(kinds.length).toBeGreaterThan(5)
  expect(kinds.filter((kind) => !runWords?.has(`kind.${kind}`))).toEqual([])
  const settings = modules.flatMap(({ settings: all = [] }) => all.map(({ key }) => key))
  const named = homes.flatMap((home) =>
    sourcesOf(home)
      .filter(({ path }) => path.endsWith(join('screens', 'index.ts')))
      .flatMap(({ code }) => [...code.matchAll(/\{ key: '([^']+)', label: '/g)].map(([, key]) => `${home.name}.${key}`)),
  )
  expect(settings.length).toBeGreaterThan(10)
  expect(named.toSorted()).toEqual(settings.toSorted())
})
