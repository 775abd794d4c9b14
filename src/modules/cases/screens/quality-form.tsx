import { Radio } from 'antd'
import { Dialog } from '#ui/dialog.tsx'
import { type Field, Form } from '#ui/form.tsx'
import { useNotice } from '#ui/notice.tsx'
import { useSession } from '#ui/session.ts'
import { useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import { type CourtesyItem, coreRights, courtesyItems, type Met, type Right, rights } from '../domain/figures/quality-sheet.ts'
import type { Detail } from './shown.ts'
import './desk.css'

interface Typed {
  readonly agentId: string | null
  readonly rights: Readonly<Partial<Record<Right, Met>>>
  readonly courtesy: Readonly<Partial<Record<CourtesyItem, number>>>
  readonly argued: boolean
  readonly note: string | null
}

/** How somebody above judges how a case was served (A-06, K-01): the seven Rs, the four core ones first, and the manner beside them. */
export function QualityForm({ found, close }: { readonly found: Detail; readonly close: () => void }) {
  const t = useWords('cases')
  const ui = useWords('ui')
  const notice = useNotice()
  const { user } = useSession()
  const check = useWrite(casesApi.checkQuality, {
    onDone: () => {
      notice.done(t('quality.checked'))
      close()
    },
  })
  const whole = (values: readonly string[]) => (value: unknown) =>
    values.every((key) => (value as Readonly<Record<string, unknown>> | null)?.[key] !== undefined) ? null : t('refusal.required')
  const order = [...coreRights, ...rights.filter((right) => !coreRights.includes(right))]
  const fields: readonly Field<Typed>[] = [
    { name: 'agentId', kind: 'people', label: t('quality.agent'), required: true, except: user.id },
    {
      name: 'rights',
      kind: 'own',
      label: t('quality.rights'),
      required: true,
      check: whole(rights),
      control: (
        <Rows
          rows={order.map((right) => ({
            key: right,
            name: t(`quality.right.${right}`),
            ...(coreRights.includes(right) ? { mark: t('quality.core') } : {}),
          }))}
          options={(['met', 'not-met', 'not-applicable'] as const).map((value) => ({ value, label: t(`quality.met.${value}`) }))}
        />
      ),
    },
    {
      name: 'courtesy',
      kind: 'own',
      label: t('quality.courtesy'),
      required: true,
      check: whole(courtesyItems),
      control: (
        <Rows
          rows={courtesyItems.map((item) => ({ key: item, name: t(`quality.item.${item}`) }))}
          options={[1, 2, 3, 4, 5].map((value) => ({ value, label: String(value) }))}
        />
      ),
    },
    { name: 'argued', kind: 'yes', label: t('quality.argued') },
    { name: 'note', kind: 'area', label: t('quality.note'), rows: 3, maxLength: 5000 },
  ]
  return (
    <Dialog title={t('quality.check')} onClose={close} wide>
      <Form<Typed>
        fields={fields}
        initial={{ agentId: found.ownerId === user.id ? null : found.ownerId, rights: {}, courtesy: {}, argued: false, note: null }}
        onSubmit={({ agentId, rights: met, courtesy, argued, note }) =>
          check.send({
            caseId: found.id,
            version: found.version,
            agentId: agentId ?? '',
            rights: met as Record<Right, Met>,
            courtesy: courtesy as Record<CourtesyItem, number>,
            argued,
            note,
          })
        }
        problem={check.problem}
        pending={check.pending}
        submit={ui('save')}
        cancel={close}
      />
    </Dialog>
  )
}

interface RowsProps<V extends string | number> {
  readonly rows: readonly { readonly key: string; readonly name: string; readonly mark?: string }[]
  readonly options: readonly { readonly value: V; readonly label: string }[]
  readonly value?: Readonly<Record<string, V>> | null
  readonly onChange?: (value: Readonly<Record<string, V>>) => void
}

/** Several questions with the same answers. */
function Rows<V extends string | number>({ rows, options, value, onChange }: RowsProps<V>) {
  return (
    <div className="quality-rights">
      {rows.map(({ key, name, mark }) => (
        <div key={key} className="quality-row">
          <span>
            {name} {mark && <small className="muted">{mark}</small>}
          </span>
          <Radio.Group
            aria-label={name}
            optionType="button"
            options={[...options]}
            value={value?.[key] ?? null}
            onChange={(event) => onChange?.({ ...value, [key]: event.target.value as V })}
          />
        </div>
      ))}
    </div>
  )
}
