import { Button, Segmented } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { Dialog } from '#ui/dialog.tsx'
import { useFormat } from '#ui/format.ts'
import { TextInput } from '#ui/inputs.tsx'
import { usePeople } from '#ui/people.ts'
import { Refused } from '#ui/refused.tsx'
import { useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import { type AuditAnswer, type AuditItem, auditAnswers } from '../domain/audit.ts'
import type { Audit } from './audit-form.tsx'

type Drawn = Audit['cases'][number]

/** The checklist of one case: what the log answers stands there already, with its evidence; the auditor says whether it is so. */
export function AuditCase({ audit, drawn, close }: { readonly audit: Audit; readonly drawn: Drawn; readonly close: () => void }) {
  const t = useWords('cases')
  const ui = useWords('ui')
  const write = useWrite(casesApi.answerAuditCase, { onDone: close })
  const known = drawn.told.flatMap(({ item, answer }) => (answer === null ? [] : [[item, answer] as const]))
  const [answers, setAnswers] = useState<Partial<Record<AuditItem, AuditAnswer>>>(
    () => ({ ...Object.fromEntries(known), ...drawn.answers }) as Partial<Record<AuditItem, AuditAnswer>>,
  )
  const [note, setNote] = useState(drawn.note ?? '')
  const isMine = audit.may.audit
  const save = () =>
    void write
      .send({ auditId: audit.id, caseId: drawn.caseId, version: drawn.version, answers, note: note.trim() || null })
      .catch(() => undefined)
  return (
    <Dialog title={`${t('audit.number')} ${drawn.number}`} onClose={close} wide>
      <p>
        <Link to={`/cases/${drawn.caseId}`} target="_blank" rel="noreferrer">
          {t('field.caseLink')}
        </Link>{' '}
        · {t(`audit.stratum.${drawn.stratum}`)}
      </p>
      <div className="audit-answers">
        {drawn.told.map(({ item, answer, evidence }) => (
          <div key={item} className="audit-answer">
            <strong id={`audit-${item}`}>{t(`audit.item.${item}`)}</strong>
            <span className="muted">
              {t(`audit.logSays.${answer ?? 'none'}`)}
              <Evidence of={evidence} />
            </span>
            {isMine ? (
              <Segmented
                aria-labelledby={`audit-${item}`}
                value={answers[item] ?? ''}
                onChange={(value) => setAnswers({ ...answers, [item]: value as AuditAnswer })}
                options={auditAnswers.map((value) => ({ value: value as string, label: t(`audit.answer.${value}`) }))}
              />
            ) : (
              <span>{drawn.answers[item] ? t(`audit.answer.${drawn.answers[item]}`) : t('audit.notLooked')}</span>
            )}
          </div>
        ))}
        {isMine ? (
          <TextInput
            kind="area"
            rows={2}
            value={note}
            onChange={(value) => setNote(value ?? '')}
            placeholder={t('audit.note')}
            aria-label={t('audit.note')}
            maxLength={4000}
          />
        ) : (
          <p className="case-text">{drawn.note}</p>
        )}
      </div>
      <Refused problem={write.problem} />
      {isMine && (
        <Button type="primary" loading={write.pending} onClick={save}>
          {ui('save')}
        </Button>
      )}
    </Dialog>
  )
}

/** By what the log says so. */
function Evidence({ of }: { readonly of: Drawn['told'][number]['evidence'] }) {
  const t = useWords('cases')
  const format = useFormat()
  const people = usePeople()
  if (of.length === 0) return null
  const said = of.map(({ kind, at, by }) =>
    [t('audit.evidence', { act: t(`happened.${kind}`, { defaultValue: kind }), at: format.instant(at) }), people.nameOf(by)]
      .filter(Boolean)
      .join(' '),
  )
  return <> ({said.join('; ')})</>
}
