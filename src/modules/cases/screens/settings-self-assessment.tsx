import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { NumberInput, TextInput } from '#ui/inputs.tsx'
import { useNamed } from '#ui/named.ts'
import { SettingSection, type StoredSetting } from '#ui/setting.tsx'
import { DataTable } from '#ui/table.tsx'
import { languages, useWords } from '#ui/words.ts'
import { type GradeRow, gradeTableProblem } from '../domain/figures/points-grade.ts'
import { selfAssessmentItems } from '../domain/self-assessment.ts'
import './cases.css'

type Language = keyof typeof languages
interface Item {
  readonly key: string
  readonly names: Readonly<Record<Language, string>> | null
  readonly most: number
}
interface Values {
  readonly items: readonly Item[]
  readonly grades: readonly GradeRow[]
}
interface Control<T> {
  readonly value?: T
  readonly onChange?: (value: T) => void
}

const spoken = Object.keys(languages) as Language[]
const shipped: ReadonlySet<string> = new Set(selfAssessmentItems)
const mostItems = 30
const mostGrades = 12

/** The sheet by which people judge their own service, and from how many points on it is which grade (F-11). */
export function SelfAssessmentSetting({ stored }: { readonly stored: StoredSetting | undefined }) {
  const t = useWords('cases')
  return (
    <SettingSection<Values>
      stored={stored}
      title={t('settings.selfAssessment')}
      about={t('settings.selfAssessmentAbout')}
      columns={1}
      fields={[
        {
          name: 'items',
          kind: 'own',
          label: t('settings.items'),
          help: t('settings.itemsHelp'),
          control: <ItemsInput />,
          check: (value) => ((value as readonly Item[]).every(isNamed) ? null : t('settings.itemUnnamed')),
        },
        {
          name: 'grades',
          kind: 'own',
          label: t('settings.grades'),
          help: t('settings.gradesHelp'),
          control: <GradesInput />,
          check: (value) => {
            const grades = value as readonly GradeRow[]
            if (grades.some(({ grade }) => grade.trim() === '')) return t('settings.gradeUnnamed')
            const wrong = gradeTableProblem(grades)
            return wrong && t(`settings.gradeWrong.${wrong}`)
          },
        },
      ]}
    />
  )
}

/** What the product ships has its words in the texts. */
const isNamed = ({ names }: Item) => names === null || spoken.some((language) => names[language].trim() !== '')
const unnamed = { en: '', 'zh-CN': '', 'zh-TW': '' }

function ItemsInput({ value = [], onChange }: Control<readonly Item[]>) {
  const t = useWords('cases')
  const ui = useWords('ui')
  const named = useNamed()
  const nameOf = ({ key, names }: Item) => (names === null ? t(`self.item.${key}`) : named(names))
  const change = (at: number, part: Partial<Item>) => onChange?.(value.map((one, index) => (index === at ? { ...one, ...part } : one)))
  const rename = (at: number, { key, names }: Item, language: Language, text: string) => {
    const next = { ...(names ?? unnamed), [language]: text }
    // Whoever empties an item that the product ships has its own words back.
    const isShipped = shipped.has(key) && spoken.every((one) => next[one] === '')
    change(at, { names: isShipped ? null : next })
  }
  return (
    <>
      <DataTable
        name="case-self-items"
        label={t('settings.items')}
        rowKey={({ item }) => item.key}
        pages={{ items: value.map((item, at) => ({ item, at })) }}
        columns={[
          { key: 'item', title: t('settings.item'), cell: ({ item, at }) => `${at + 1}. ${nameOf(item)}` },
          ...spoken.map((language) => ({
            key: language,
            title: languages[language],
            cell: ({ item, at }: { readonly item: Item; readonly at: number }) => (
              <TextInput
                kind="text"
                aria-label={t('settings.itemIn', { number: at + 1, language: languages[language] })}
                value={item.names?.[language] ?? ''}
                placeholder={item.names === null ? t('settings.asShipped') : ''}
                maxLength={200}
                onChange={(text) => rename(at, item, language, text ?? '')}
              />
            ),
          })),
          {
            key: 'most',
            title: t('settings.mostPoints'),
            cell: ({ item, at }) => (
              <NumberInput
                kind="number"
                aria-label={t('settings.mostOf', { number: at + 1 })}
                value={item.most}
                min={1}
                max={100}
                onChange={(most) => change(at, { most: most ?? 1 })}
              />
            ),
          },
          {
            key: 'remove',
            title: t('setUp.actions'),
            cell: ({ at }) => (
              <Button
                type="text"
                icon={<DeleteOutlined />}
                aria-label={`${ui('delete')}: ${at + 1}`}
                disabled={value.length === 1}
                onClick={() => onChange?.(value.filter((_, index) => index !== at))}
              />
            ),
          },
        ]}
      />
      <Button
        icon={<PlusOutlined />}
        disabled={value.length >= mostItems}
        onClick={() => onChange?.([...value, { key: freeKey(value), names: unnamed, most: 10 }])}
      >
        {t('settings.addItem')}
      </Button>
    </>
  )
}

/** Points of earlier months stay with the key of their item, so a key is never given twice within a sheet. */
function freeKey(items: readonly Item[]): string {
  const taken = new Set(items.map(({ key }) => key))
  let number = items.length + 1
  while (taken.has(`own-${number}`)) number++
  return `own-${number}`
}

function GradesInput({ value = [], onChange }: Control<readonly GradeRow[]>) {
  const t = useWords('cases')
  const ui = useWords('ui')
  const change = (at: number, part: Partial<GradeRow>) => onChange?.(value.map((one, index) => (index === at ? { ...one, ...part } : one)))
  return (
    <>
      <ul className="plain-list grade-rows">
        {value.map(({ from, grade }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a grade is what it stands for, and may be typed anew
          <li key={at} className="row">
            <NumberInput
              kind="number"
              digits={1}
              aria-label={t('settings.gradeFrom', { number: at + 1 })}
              value={from}
              min={0}
              max={100}
              unit={t('settings.pointsUp')}
              onChange={(points) => change(at, { from: points ?? 0 })}
            />
            <TextInput
              kind="text"
              aria-label={t('settings.gradeName', { number: at + 1 })}
              value={grade}
              maxLength={20}
              onChange={(text) => change(at, { grade: text ?? '' })}
            />
            <Button
              type="text"
              icon={<DeleteOutlined />}
              aria-label={`${ui('delete')}: ${grade}`}
              disabled={value.length === 1}
              onClick={() => onChange?.(value.filter((_, index) => index !== at))}
            />
          </li>
        ))}
      </ul>
      <Button
        icon={<PlusOutlined />}
        disabled={value.length >= mostGrades}
        onClick={() => onChange?.([...value, { from: Math.min(100, (value.at(-1)?.from ?? 0) + 5), grade: '' }])}
      >
        {t('settings.addGrade')}
      </Button>
    </>
  )
}
