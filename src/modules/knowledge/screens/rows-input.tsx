import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useWords } from '#ui/words.ts'
import { emptyTexts, type Texts } from '../domain/texts.ts'
import { TextsInput } from './in-language.tsx'
import './knowledge.css'

interface RowsInputProps<R extends { readonly key: string }> {
  readonly value?: readonly R[]
  readonly onChange?: (rows: readonly R[]) => void
  readonly most: number
  /** What one of them is called, with its number. */
  readonly nameOf: (number: number) => string
  readonly add: string
  readonly fresh: (key: string) => R
  readonly children: (row: R, change: (row: R) => void, name: string) => ReactNode
}

/** Rows in an order of their own: written, moved, added, taken out. Their keys are made here and stay, since others know rows by them. */
export function RowsInput<R extends { readonly key: string }>(props: RowsInputProps<R>) {
  const { value = [], onChange, most, nameOf, add, fresh, children } = props
  const t = useWords('knowledge')
  const put = (rows: readonly R[]) => onChange?.(rows)
  const moved = (from: number, to: number) => {
    const rows = [...value]
    rows.splice(to, 0, ...rows.splice(from, 1))
    return rows
  }
  const nextKey = () => {
    let number = value.length + 1
    while (value.some(({ key }) => key === `p${number}`)) number++
    return `p${number}`
  }
  return (
    <div className="knowledge-rows">
      {value.map((row, i) => (
        <fieldset key={row.key} className="knowledge-row" aria-label={nameOf(i + 1)}>
          <div className="knowledge-row-tools">
            <span className="knowledge-row-name">{nameOf(i + 1)}</span>
            <Button
              size="small"
              icon={<ArrowUpOutlined />}
              disabled={i === 0}
              aria-label={t('form.up', { name: nameOf(i + 1) })}
              onClick={() => put(moved(i, i - 1))}
            />
            <Button
              size="small"
              icon={<ArrowDownOutlined />}
              disabled={i === value.length - 1}
              aria-label={t('form.down', { name: nameOf(i + 1) })}
              onClick={() => put(moved(i, i + 1))}
            />
            <Button
              size="small"
              danger
              icon={<DeleteOutlined />}
              aria-label={t('form.remove', { name: nameOf(i + 1) })}
              onClick={() => put(value.filter((_, j) => j !== i))}
            />
          </div>
          {children(row, (changed) => put(value.map((one, j) => (j === i ? changed : one))), nameOf(i + 1))}
        </fieldset>
      ))}
      <div>
        <Button icon={<PlusOutlined />} disabled={value.length >= most} onClick={() => put([...value, fresh(nextKey())])}>
          {add}
        </Button>
      </div>
    </div>
  )
}

interface Titled {
  readonly key: string
  readonly title: Texts
  readonly hint: Texts
}
export const freshTitled = (key: string): Titled => ({ key, title: emptyTexts, hint: emptyTexts })

/** The two texts of a step, a rule or a point. */
export function TitledInputs<R extends Titled>({ row, change, name }: { row: R; change: (row: R) => void; name: string }) {
  const t = useWords('knowledge')
  return (
    <>
      <TextsInput
        aria-label={t('form.titleOf', { name })}
        maxLength={300}
        value={row.title}
        onChange={(title) => change({ ...row, title })}
      />
      <TextsInput
        aria-label={t('form.hintOf', { name })}
        rows={2}
        maxLength={500}
        value={row.hint}
        onChange={(hint) => change({ ...row, hint })}
      />
    </>
  )
}
