import { posix } from 'node:path'

/** The rules of the house as functions over (path, text), so that the test can show that each of them bites. */

/** Who may lean on whom, through `public.ts` only: `design` of the house, printed in ARCHITECTURE.md. A graph without cycles, read top to bottom. */
export const leansOn: Readonly<Record<string, readonly string[]>> = {
  organization: [],
  knowledge: ['organization'],
  customers: ['organization'],
  commitments: ['customers', 'organization'],
  orders: ['customers', 'organization'],
  value: ['orders', 'customers', 'organization'],
  cases: ['commitments', 'value', 'orders', 'customers', 'knowledge', 'organization'],
  surveys: ['cases', 'orders', 'customers', 'organization'],
  loyalty: ['surveys', 'value', 'orders', 'customers', 'organization'],
  competitors: ['surveys', 'customers', 'organization'],
  improvement: ['competitors', 'cases', 'surveys', 'organization'],
  care: [
    'improvement',
    'competitors',
    'loyalty',
    'surveys',
    'cases',
    'value',
    'orders',
    'commitments',
    'customers',
    'knowledge',
    'organization',
  ],
  insight: [
    'care',
    'improvement',
    'competitors',
    'loyalty',
    'surveys',
    'cases',
    'value',
    'orders',
    'commitments',
    'customers',
    'knowledge',
    'organization',
  ],
}

const screensMay = [
  'screens',
  'api',
  'domain',
  'facts',
  'ui',
  'platform/contract',
  'platform/refusal',
  'platform/runs/api',
  'platform/imports/api',
  'platform/webhooks/api',
  'platform/mailbox/api',
  'platform/tabular/cell-',
  // The demo company's contract: the home page and the first page offer it.
  'seeds/api',
  'npm:browser',
  'texts',
  'numerics',
]
/** What a file of each role may import: roles of its own module, `platform`, `numerics`, `ui`, and the npm packages of the server or the browser. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  numerics: ['numerics'],
  domain: ['domain', 'numerics'],
  api: ['api', 'domain', 'platform/contract', 'npm:zod'],
  facts: ['domain', 'platform/contract', 'platform/fact', 'npm:zod'],
  store: ['store', 'domain', 'platform', 'numerics', 'npm:server'],
  // Files for people are headed by the words of the screens.
  actions: [
    'actions',
    'pages',
    'domain',
    'api',
    'store',
    'facts',
    'settings',
    'runs',
    'public',
    'texts',
    'platform',
    'numerics',
    'npm:zod',
  ],
  // What customers see.
  pages: ['pages', 'domain', 'api', 'texts', 'platform', 'numerics'],
  // Jobs write mails, so they need the words that people read.
  jobs: ['jobs', 'domain', 'store', 'facts', 'settings', 'runs', 'actions', 'public', 'texts', 'platform', 'numerics', 'npm:server'],
  runs: ['runs', 'domain', 'store', 'facts', 'settings', 'public', 'platform', 'numerics', 'npm:server'],
  commands: [
    'commands',
    'domain',
    'store',
    'facts',
    'settings',
    'runs',
    'actions',
    'public',
    'importers',
    'platform',
    'numerics',
    'npm:server',
  ],
  // Columns for what a company names itself are called, and recognised, by the words of the screens.
  importers: ['importers', 'domain', 'store', 'facts', 'settings', 'public', 'runs', 'texts', 'platform', 'numerics', 'npm:server'],
  settings: ['domain', 'platform', 'npm:zod'],
  checks: ['store', 'domain', 'settings', 'public', 'platform'],
  timeline: ['domain', 'store', 'platform'],
  subject: ['domain', 'store', 'settings', 'runs', 'actions', 'platform'],
  public: ['facts', 'store', 'actions', 'domain', 'runs', 'settings', 'jobs', 'platform', 'npm:zod'],
  module: [
    'api',
    'actions',
    'jobs',
    'runs',
    'commands',
    'importers',
    'settings',
    'timeline',
    'subject',
    'checks',
    'store',
    'facts',
    'domain',
    'public',
    // The words of its notifications, which are mailed.
    'texts',
    'platform',
    'npm:zod',
  ],
  texts: ['texts'],
  // The few kilobytes that pages for customers run, and what every other site loads: nothing comes with them.
  light: ['light'],
  screens: screensMay,
  ui: [
    'ui',
    'screens',
    'platform/contract',
    'platform/refusal',
    'platform/runs',
    'platform/imports',
    'platform/tabular/guard-text',
    'platform/user-id',
    'light/listen',
    'texts',
    'npm:browser',
    'numerics',
  ],
  platform: ['platform', 'numerics', 'npm:server'],
}
/** The shell's own endpoints and screens are written like a module's, under `platform`. */
const browserPackages = /^(react|react-dom|react-router|react-i18next|i18next|antd|@ant-design\/|@tanstack\/|echarts|dayjs|zod)/

export interface Source {
  readonly path: string
  readonly text: string
}

export const moduleOf = (path: string): string | undefined => /^src\/modules\/([^/]+)\//.exec(path)?.[1]
const isScreen = (path: string) => /^src\/(modules|platform)\/[^/]+\/screens\//.test(path) || path === 'src/web.tsx'

/** The role of a file is its name: 'src/modules/cases/store/list.ts' is a store. */
export function roleOf(path: string): string {
  if (isScreen(path)) return 'screens'
  if (/\/texts\//.test(path)) return 'texts'
  const inModule = /^src\/modules\/[^/]+\/([\w-]+)/.exec(path)?.[1]
  if (inModule) return inModule
  return /^src\/(light|numerics|platform|ui)\//.exec(path)?.[1] ?? 'composition'
}

interface Import {
  readonly target: string
  readonly typeOnly: boolean
  readonly form: 'static' | 'side effect' | 'dynamic'
}

/** Comments would otherwise look like code. Strings stay, since imports and SQL live in them. */
const withoutComments = (text: string) => text.replace(/\/\*[\s\S]*?\*\//g, ' ').replace(/(^|[^:'"`\\])\/\/[^\n]*/g, '$1')

export function importsOf({ path, text }: Source): Import[] {
  const code = withoutComments(text)
  const resolve = (spec: string) =>
    spec.startsWith('#') ? `src/${spec.slice(1)}` : spec.startsWith('.') ? posix.join(posix.dirname(path), spec) : spec
  const found: Import[] = []
  for (const match of code.matchAll(/\b(?:import|export)\s+(type\s+)?([\w\s{},*$]*?)\bfrom\s*['"]([^'"]+)['"]/g)) {
    const names = match[2] ?? ''
    const everyNameIsType =
      /^\{[^}]*\}\s*$/.test(names.trim()) &&
      names
        .replace(/[{}]/g, '')
        .split(',')
        .filter((n) => n.trim())
        .every((n) => n.trim().startsWith('type '))
    found.push({ target: resolve(match[3]!), typeOnly: Boolean(match[1]) || everyNameIsType, form: 'static' })
  }
  for (const match of code.matchAll(/^\s*import\s*['"]([^'"]+)['"]/gm))
    found.push({ target: resolve(match[1]!), typeOnly: false, form: 'side effect' })
  for (const match of code.matchAll(/\bimport\s*\(\s*['"`]([^'"`]+)['"`]/g))
    found.push({ target: resolve(match[1]!), typeOnly: false, form: 'dynamic' })
  return found
}

/** What is wrong with one file's imports, one sentence each. */
export function importProblems(source: Source): string[] {
  const role = roleOf(source.path)
  const own = moduleOf(source.path)
  const allowed = mayImport[role]
  if (own && !allowed) return [`${source.path}: '${role}' is not a role of a module's file`]
  if (!allowed) return []
  return importsOf(source).flatMap(({ target, typeOnly, form }) => {
    const complain = (why: string) => [`${source.path} imports ${target}: ${why}`]
    if (!target.startsWith('src/'))
      return packageProblem(role, allowed, target, typeOnly) ? complain(packageProblem(role, allowed, target, typeOnly)!) : []
    const foreign = moduleOf(target)
    if (foreign && foreign !== own) {
      if (form !== 'static') return complain(`a ${form} import across modules`)
      // The browser's shell knows who is signed in and in which language.
      if (role === 'ui' && foreign === 'organization' && ['api', 'domain'].includes(roleOf(target))) return []
      if (!own) return role === 'ui' || role === 'platform' || role === 'numerics' ? complain(`${role} knows no module`) : []
      if (roleOf(target) === 'api' && role === 'screens' && leansOn[own]?.includes(foreign)) return []
      // Pure may stand on pure, down the graph: decision record 0006.
      if (roleOf(target) === 'domain' && role === 'domain' && leansOn[own]?.includes(foreign)) return []
      if (roleOf(target) !== 'public') return complain('only public.ts of another module may be used')
      if (!leansOn[own]?.includes(foreign)) return complain(`${own} may not lean on ${foreign}`)
      if (role === 'domain' && !typeOnly) return complain('a domain may only use the types of another module')
      if (['api', 'facts', 'screens', 'numerics'].includes(role)) return complain(`${role} may not use another module's public.ts`)
      return []
    }
    if (own && target.startsWith('src/platform/') && role === 'domain') return complain('a domain stands on numerics only')
    const fits = allowed.some((a) => roleOf(target) === a || target.startsWith(`src/${a}`))
    return fits ? [] : complain(`${role} may not import it`)
  })
}

function packageProblem(role: string, allowed: readonly string[], target: string, typeOnly: boolean): string | null {
  if (typeOnly) return null
  if (target.startsWith('node:'))
    return ['domain', 'numerics', 'api', 'facts', 'screens', 'ui', 'light'].includes(role) ? `${role} does not touch the machine` : null
  if (allowed.includes('npm:server')) return null
  if (allowed.includes('npm:browser')) return browserPackages.test(target) ? null : 'not a package of the browser'
  if (allowed.includes('npm:zod') && target === 'zod') return null
  return `${role} uses no package`
}

const impurities: readonly (readonly [RegExp, string])[] = [
  [/\bDate\.now\b|\bnew Date\(\s*\)|\bperformance\.now\b|\bTemporal\.Now\b|(?<![.\w])Date\(\s*\)/, 'reads the clock'],
  [/\bMath\.random\b|\brandomUUID\b|\brandomBytes\b|\bgetRandomValues\b/, 'draws a random number'],
  [/\bprocess\s*(\.|\[)|\bimport\.meta\.env\b|\bglobalThis\b/, 'reads the environment'],
  [/\basync\b|\bawait\b|\bPromise\b|\bsetTimeout\b|\bsetInterval\b|\bqueueMicrotask\b/, 'is asynchronous'],
  [/\bfetch\s*\(|\brequire\s*\(/, 'reaches out'],
]

/** Domain and numerics are pure: no clock, chance, environment or waiting. */
export function purityProblems({ path, text }: Source): string[] {
  if (!['domain', 'numerics'].includes(roleOf(path))) return []
  const code = withoutComments(text).replace(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g, "''")
  return impurities.filter(([pattern]) => pattern.test(code)).map(([, what]) => `${path}: a pure file ${what}`)
}

const schemas = [...Object.keys(leansOn), 'platform', 'pgboss']

/** A store touches the tables of its own module; insight alone also reads what others publish as views. */
export function foreignTables({ path, text }: Source): string[] {
  const own = moduleOf(path)
  if (!own) return []
  const code = withoutComments(text)
  const named = new RegExp(`(?<![\\w#/.@-])(${schemas.join('|')})\\.([a-z_][a-z0-9_]*)`, 'g')
  const strings = [...code.matchAll(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g)].map((m) => m[0])
  const touched = strings.flatMap((s) => [...s.matchAll(named)]).filter(() => roleOf(path) === 'store')
  return touched
    .filter(([, schema]) => schema !== own && !(own === 'insight'))
    .map(([name]) => `${path} touches ${name}, which is not ${own}'s`)
}

/** SQL stands in stores (and platform) only. */
export function strayQueries({ path, text }: Source): string[] {
  if (!moduleOf(path) || roleOf(path) === 'store') return []
  const code = withoutComments(text)
  return /\b(selectFrom|insertInto|updateTable|deleteFrom)\s*\(|\bsql\s*`|from 'kysely'/.test(code) &&
    !/import type [^\n]*from 'kysely'/.test(code)
    ? [`${path} asks the database; that is the store's work`]
    : []
}

/** Files that may be longer than 300 lines, with the reason. */
export const longFiles: Readonly<Record<string, string>> = {}

export const lengthProblems = ({ path, text }: Source): string[] =>
  text.split('\n').length > 301 && !longFiles[path]
    ? [`${path} has ${text.split('\n').length} lines; 300 are the limit without a reason`]
    : []
