import type { ImportField } from '#platform/imports/importer.ts'
import { contactKindOf, decisionRoleOf } from '../domain/around-words.ts'
import { comparableEmail } from '../domain/contact.ts'
import { type ContactKind, mostPoints } from '../domain/contact-ways.ts'
import { comparableOf } from '../store/contact-points.ts'
import { type Around, aroundImporter } from './around.ts'

const text = (name: string, examples: readonly [string, string], synonyms: readonly string[]): ImportField => ({
  name,
  kind: 'text',
  examples,
  synonyms,
})
const required = (field: ImportField): ImportField => ({ ...field, required: true })

/** What the history keeps of an entry: what is known, without what the house keeps for itself. */
const said =
  (names: readonly string[]) =>
  (columns: Readonly<Record<string, unknown>>): object =>
    Object.fromEntries(
      names.flatMap((name) => (columns[name] == null ? [] : [[name === 'share_percent' ? 'sharePercent' : name, columns[name]]])),
    )

const note = text('note', ['', 'by phone'], ['notes', 'comment', 'remark', '备注', '說明', '備註', '说明'])

const keyPersons: Around = {
  kind: 'key-persons',
  field: 'keyPerson',
  fields: [
    required(
      text('name', ['Lin Wei', 'Ann Weir'], ['person', 'contact', 'contact person', 'full name', '姓名', '联系人', '聯絡人', '重要人士']),
    ),
    text('role', ['buyer', 'adviser'], ['position', 'job title', 'title', '职务', '職務', '职位', '職位']),
    text(
      'decides',
      ['pays', 'influences'],
      ['part in decisions', 'decision role', '决策作用', '在决策中的作用', '決策作用', '在決策中的作用'],
    ),
    {
      ...text('email', ['lin.wei@example.com', 'ann.weir@example.org'], ['e-mail', 'mail', '邮箱', '电子邮件', '信箱', '電子郵件']),
      kind: 'email',
    },
    { ...text('phone', ['+86 138 0000 0000', '+44 20 7946 0000'], ['telephone', 'mobile', '电话', '手机', '電話', '手機']), kind: 'phone' },
    { ...text('birthday', ['1980-05-21', '1975-11-02'], ['date of birth', 'born', '生日', '出生日期']), kind: 'date' },
    note,
  ],
  parse(row) {
    const name = row.text('name', 200)
    const word = row.text('decides', 60)
    const decides = word === null ? null : decisionRoleOf(word)
    if (decides === undefined) row.reject('decides', 'unknown-choice', `'${word}' is none of the choices of decides`)
    const columns = {
      name,
      role: row.text('role', 200),
      decides: decides ?? null,
      email: row.email('email'),
      phone: row.phone('phone'),
      birthday: row.day('birthday'),
      note: row.text('note', 2000),
    }
    return row.rejected || name === null ? null : { key: name, columns }
  },
  // Whoever was entered by hand under the same name is the same person.
  isThere: ({ name }, there) => there.some((one) => same(one.name, name)),
  known: said(['name', 'role', 'decides', 'email', 'phone', 'birthday', 'note']),
}

const contactPoints: Around = {
  kind: 'contact-points',
  field: 'contactPoint',
  fields: [
    required(text('kind', ['email', 'phone'], ['type', 'way', '类型', '方式', '類型'])),
    required(
      text(
        'value',
        ['office@example.org', '+44 20 7946 0000'],
        ['contact', 'address or number', '内容', '号码', '內容', '號碼', '联系方式', '聯絡方式'],
      ),
    ),
    text('label', ['office', 'evenings'], ['name', 'description', '标签', '標籤', '名称', '名稱']),
    text('hours', ['', '18-20'], ['good hours', 'when', '方便时间', '方便時間']),
  ],
  parse(row) {
    const word = row.text('kind', 60)
    const value = row.text('value', 500)
    const kind = word === null ? null : contactKindOf(word)
    if (kind === undefined) row.reject('kind', 'unknown-choice', `'${word}' is none of e-mail, phone, address and messenger`)
    if (kind === 'email' && value !== null && comparableEmail(value) === null)
      row.reject('value', 'no-email', `'${value}' is no e-mail address`)
    const columns = { kind: kind ?? null, value, label: row.text('label', 60), hours: row.text('hours', 100) }
    return row.rejected || !kind || value === null ? null : { key: `${kind} ${value}`, columns }
  },
  complete: (columns, country) => ({ ...columns, comparable: comparableOf(columns.kind as ContactKind, columns.value as string, country) }),
  isThere({ kind, value, comparable: key }, there, archive, country) {
    const main = kind === 'messenger' ? null : archive[kind as 'email' | 'phone' | 'address']
    const ways = [
      ...there.filter((one) => one.kind === kind && one.person_id === null),
      ...(typeof main === 'string' ? [{ value: main, comparable: comparableOf(kind as ContactKind, main, country) }] : []),
    ]
    return ways.some((one) => same(one.value, value) || (key !== null && one.comparable === key))
  },
  most: { entries: mostPoints, reason: 'no-more-contact-points', detail: `A customer has at most ${mostPoints} ways to be reached` },
  known: said(['kind', 'value', 'label', 'hours']),
}

const usedCompetitors: Around = {
  kind: 'used-competitors',
  field: 'usedCompetitor',
  fields: [
    required(text('name', ['Rival Foods', 'Other Foods'], ['competitor', 'rival', '竞争者', '竞争对手', '競爭者', '競爭對手'])),
    {
      ...text('sharePercent', ['30', '10'], ['share', 'share of purchases', 'percent', '份额', '采购份额', '份額', '採購份額']),
      kind: 'quantity',
    },
    note,
  ],
  parse(row) {
    const name = row.text('name', 200)
    const share = row.number('sharePercent')
    const percent = share === null ? null : Math.round(Number(share))
    if (percent !== null && (percent < 0 || percent > 100))
      row.reject('sharePercent', 'no-percent', `'${share}' is no share between 0 and 100 percent`)
    return row.rejected || name === null ? null : { key: name, columns: { name, share_percent: percent, note: row.text('note', 2000) } }
  },
  isThere: ({ name }, there) => there.some((one) => same(one.name, name)),
  known: said(['name', 'share_percent', 'note']),
}

const same = (a: unknown, b: unknown): boolean => plain(a) === plain(b)
const plain = (value: unknown) =>
  String(value ?? '')
    .normalize('NFKC')
    .trim()
    .toLowerCase()

/** What lies around customers, each kind from a file of its own. */
export const aroundImporters = [keyPersons, contactPoints, usedCompetitors].map(aroundImporter)
