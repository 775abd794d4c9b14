import { type Random, seededRandom } from '#numerics/seeded-random.ts'
import { givenNames } from './names.ts'

/** One record of a set of which it is known who is whom. `person` is the same for records of one person; `household` people share a telephone and an address. */
export interface LabelledRecord {
  readonly key: string
  readonly person: number
  readonly name: string
  readonly email: string | null
  readonly phone: string | null
  readonly birthday: string | null
  readonly city: string | null
  readonly postcode: string | null
  readonly address: string | null
}

/** How the second record of a person differs from the first. */
export const corruptions = ['typo', 'transliteration', 'traditional', 'swapped-name', 'moved', 'new-phone', 'sparse', 'initial'] as const
type Corruption = (typeof corruptions)[number]

/**
 * Records of so many people, the same for the same seed: one in six comes twice, the second time misspelt, in another script, turned round, with another telephone, moved, or with half of it
 * missing. One in eight lives with another in a household that shares a telephone, an address and a surname, and names repeat as they do in life: these are not duplicates.
 */
export function labelledRecords(seed: number, people: number): readonly LabelledRecord[] {
  const random = seededRandom(seed)
  const records: LabelledRecord[] = []
  let before: Person | null = null
  for (let person = 0; person < people; person++) {
    const one: Person = before !== null && random() < 1 / 8 ? housemate(random, before, person) : newPerson(random, person)
    before = one
    records.push(recordOf(one, `P-${person}`))
    if (random() < 1 / 6) records.push(corrupted(random, one, pick(random, corruptions), `D-${person}`))
  }
  return records
}

/** Pairs of records that are of the same person, the first key first. */
export function truePairs(records: readonly LabelledRecord[]): ReadonlySet<string> {
  const pairs = [...Map.groupBy(records, ({ person }) => person).values()].flatMap((group) =>
    group.length === 2 ? [pairOf(group[0]!.key, group[1]!.key)] : [],
  )
  return new Set(pairs)
}
export const pairOf = (a: string, b: string): string => (a < b ? `${a} ${b}` : `${b} ${a}`)

interface Person {
  readonly person: number
  readonly han: boolean
  /** Surname and given name as pairs of Han and its reading, or Latin twice. */
  readonly family: readonly [string, string]
  readonly given: readonly (readonly [string, string])[]
  readonly email: string
  readonly phone: string
  readonly birthday: string
  readonly city: string
  readonly postcode: string
  readonly address: string
}

function newPerson(random: Random, person: number): Person {
  const han = random() < 0.5
  const family = han ? pick(random, hanFamilies) : twice(pick(random, latinFamilies) + (random() < 0.5 ? '' : pick(random, endings)))
  const given = han ? [pick(random, hanGiven), ...(random() < 0.8 ? [pick(random, hanGiven)] : [])] : [twice(pick(random, latinGiven))]
  const reading = [...given.map(([, sound]) => sound), family[1]].join('.').toLowerCase()
  const place = pick(random, han ? hanPlaces : latinPlaces)
  return {
    person,
    han,
    family,
    given,
    email: `${reading}${whole(random, 10, 9999)}@example.${pick(random, ['com', 'org', 'net'])}`,
    phone: han ? `+86 13${figures(random, 9)}` : `+44 7${figures(random, 9)}`,
    birthday: birthday(random),
    city: place[0],
    postcode: `${place[1]}${figures(random, 3)}`,
    address: `${whole(random, 1, 300)} ${pick(random, streets)}`,
  }
}

/** Somebody of the same surname, number and address with a given name, a birthday and an address for mail of their own. */
function housemate(random: Random, with_: Person, person: number): Person {
  const other = newPerson(random, person)
  const given =
    with_.han === other.han ? other.given : with_.han ? [pick(random, hanGiven), pick(random, hanGiven)] : [twice(pick(random, latinGiven))]
  const { han, family, phone, city, postcode, address } = with_
  return { ...other, han, family, given: sameName(given, with_.given) ? [...given, ...given] : given, phone, city, postcode, address }
}

const sameName = (a: Person['given'], b: Person['given']) => a.map(([name]) => name).join() === b.map(([name]) => name).join()

function recordOf(one: Person, key: string): LabelledRecord {
  const { person, email, phone, birthday, city, postcode, address } = one
  return { key, person, name: nameOf(one), email, phone, birthday, city, postcode, address }
}

const nameOf = ({ han, family, given }: Person) =>
  han ? family[0] + given.map(([name]) => name).join('') : `${given.map(([name]) => name).join(' ')} ${family[0]}`
const readingOf = ({ family, given }: Person) => [capital(given.map(([, sound]) => sound).join('')), capital(family[1])] as const

function corrupted(random: Random, one: Person, how: Corruption, key: string): LabelledRecord {
  const same = recordOf(one, key)
  const [given, family] = readingOf(one)
  const fresh = newPerson(random, one.person)
  switch (how) {
    case 'typo':
      return {
        ...same,
        name: one.han ? same.name : misspelt(random, same.name),
        email: one.han ? null : misspelt(random, same.email!),
        city: null,
      }
    case 'transliteration':
      return {
        ...same,
        name: one.han ? pick(random, [`${given} ${family}`, `${family} ${given}`]) : `${given[0]}. ${family}`,
        email: pick(random, [same.email, null]),
      }
    case 'traditional':
      return {
        ...same,
        name: one.han ? same.name.replace(/[刘张赵陈杨黄马华丽伟国]/g, (c) => traditional[c] ?? c) : same.name.toUpperCase(),
        phone: written(same.phone!),
      }
    case 'swapped-name':
      return { ...same, name: one.han ? `${family} ${given}` : `${family} ${given}`, phone: fresh.phone }
    case 'moved':
      return { ...same, city: fresh.city, postcode: fresh.postcode, address: fresh.address, phone: written(same.phone!) }
    case 'new-phone':
      return { ...same, phone: fresh.phone, email: random() < 0.5 ? fresh.email : same.email }
    case 'sparse':
      return { ...same, birthday: null, city: null, postcode: null, address: null, email: random() < 0.5 ? null : same.email }
    case 'initial':
      return { ...same, name: one.han ? same.name : `${given[0]}. ${family}`, birthday: turned(same.birthday!) }
  }
}

/** Two neighbouring letters change places, or one is left out or doubled. */
function misspelt(random: Random, text: string): string {
  const at = whole(random, 1, Math.max(1, text.indexOf('@') > 0 ? text.indexOf('@') - 2 : text.length - 2))
  const kind = whole(random, 0, 2)
  if (kind === 0) return text.slice(0, at) + text[at + 1] + text[at] + text.slice(at + 2)
  return kind === 1 ? text.slice(0, at) + text.slice(at + 1) : text.slice(0, at) + text[at] + text.slice(at)
}

/** A number without its country's code, with the signs that people write. */
const written = (phone: string) =>
  phone.replace(/^\+(86|44) /, (_, code: string) => (code === '44' ? '0' : '')).replace(/(\d{4})(?=\d)/, '$1-')
const turned = (day: string) => (Number(day.slice(8)) <= 12 ? `${day.slice(0, 4)}-${day.slice(8)}-${day.slice(5, 7)}` : day)
const birthday = (random: Random) =>
  `${whole(random, 1945, 2005)}-${String(whole(random, 1, 12)).padStart(2, '0')}-${String(whole(random, 1, 28)).padStart(2, '0')}`
const figures = (random: Random, count: number) => Array.from({ length: count }, () => whole(random, 0, 9)).join('')
const whole = (random: Random, low: number, high: number) => low + Math.floor(random() * (high - low + 1))
const pick = <T>(random: Random, from: readonly T[]): T => from[Math.floor(random() * from.length)]!
const capital = (word: string) => word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase()
const twice = (word: string): [string, string] => [word, word]

const hanFamilies: readonly [string, string][] = [
  ['王', 'wang'],
  ['李', 'li'],
  ['张', 'zhang'],
  ['刘', 'liu'],
  ['陈', 'chen'],
  ['杨', 'yang'],
  ['黄', 'huang'],
  ['赵', 'zhao'],
  ['吴', 'wu'],
  ['周', 'zhou'],
  ['徐', 'xu'],
  ['马', 'ma'],
]
const hanGiven: readonly [string, string][] = [
  ['伟', 'wei'],
  ['芳', 'fang'],
  ['娜', 'na'],
  ['敏', 'min'],
  ['静', 'jing'],
  ['丽', 'li'],
  ['强', 'qiang'],
  ['磊', 'lei'],
  ['军', 'jun'],
  ['洋', 'yang'],
  ['勇', 'yong'],
  ['艳', 'yan'],
  ['杰', 'jie'],
  ['娟', 'juan'],
  ['涛', 'tao'],
  ['明', 'ming'],
  ['超', 'chao'],
  ['霞', 'xia'],
  ['平', 'ping'],
  ['刚', 'gang'],
  ['桂', 'gui'],
  ['文', 'wen'],
  ['辉', 'hui'],
  ['鑫', 'xin'],
  ['宇', 'yu'],
  ['佳', 'jia'],
  ['华', 'hua'],
  ['国', 'guo'],
]
const traditional: Readonly<Record<string, string>> = {
  刘: '劉',
  张: '張',
  赵: '趙',
  陈: '陳',
  杨: '楊',
  黄: '黃',
  马: '馬',
  华: '華',
  丽: '麗',
  伟: '偉',
  国: '國',
}
const latinFamilies = [
  'Abbott',
  'Berger',
  'Castell',
  'Dahl',
  'Fontaine',
  'Grey',
  'Hartmann',
  'Janssen',
  'Keller',
  'Lindqvist',
  'Moreau',
  'Novak',
  'Oakley',
  'Pereira',
  'Rossi',
  'Silva',
  'Turner',
  'Ulrich',
  'Vogel',
  'Weaver',
  'Young',
  'Zimmer',
  'Smith',
  'Jones',
]
const endings = ['son', 'man', 'field', 'ford', 'well']
const latinGiven = [...givenNames, 'James', 'Mary', 'John', 'Anna', 'Peter', 'Susan', 'Thomas', 'Emma']
const hanPlaces: readonly [string, string][] = [
  ['杭州', '310'],
  ['上海', '200'],
  ['广州', '510'],
  ['成都', '610'],
  ['南京', '210'],
]
const latinPlaces: readonly [string, string][] = [
  ['Bristol', 'BS1 '],
  ['Leeds', 'LS2 '],
  ['York', 'YO1 '],
  ['Bath', 'BA1 '],
  ['Derby', 'DE1 '],
]
const streets = ['Lake Road', 'Quay Street', '湖滨路', 'Mill Lane', '人民路', 'Church Row', '中山路', 'Park Avenue']
