import { Button, Tag } from 'antd'
import { useState } from 'react'
import { Dialog } from '#ui/dialog.tsx'
import { Form } from '#ui/form.tsx'
import { useFormat } from '#ui/format.ts'
import { useNotice } from '#ui/notice.tsx'
import { Section } from '#ui/page.tsx'
import { usePeople } from '#ui/people.ts'
import { useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import { type AuditItem, auditItems, type FindingGrade, findingGrades } from '../domain/audit.ts'
import type { Audit } from './audit-form.tsx'

/** What was found, the gravest first. */
export function AuditFindings({ audit }: { readonly audit: Audit }) {
  const t = useWords('cases')
  const format = useFormat()
  const people = usePeople()
  const notice = useNotice()
  const drop = useWrite(casesApi.dropFinding)
  const [adding, setAdding] = useState(false)
  const sorted = audit.findingList.toSorted((a, b) => findingGrades.indexOf(b.grade) - findingGrades.indexOf(a.grade))
  return (
    <Section
      title={t('audit.findings')}
      about={audit.may.audit ? t('audit.findingsAbout') : undefined}
      actions={
        audit.may.audit && (
          <Button className="no-print" size="small" onClick={() => setAdding(true)}>
            {t('audit.addFinding')}
          </Button>
        )
      }
    >
      {sorted.length === 0 && <p className="muted">{t('audit.noFindings')}</p>}
      <ul className="review-entries">
        {sorted.map((finding) => (
          <li key={finding.id}>
            <Tag
              {...(finding.grade === 'conform'
                ? { color: 'success' }
                : finding.grade === 'major'
                  ? { color: 'error' }
                  : { color: 'warning' })}
            >
              {t(`audit.grade.${finding.grade}`)}
            </Tag>
            <span className="case-text">{finding.text}</span>
            <span className="muted">
              {[
                finding.item && t(`audit.item.${finding.item}`),
                finding.ownerId && people.nameOf(finding.ownerId),
                finding.dueDay && format.day(finding.dueDay),
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
            {audit.may.audit && (
              <Button
                className="no-print"
                size="small"
                type="text"
                onClick={() => void drop.send({ auditId: audit.id, findingId: finding.id }).catch(notice.refused)}
              >
                {t('review.remove')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {adding && <Add audit={audit} close={() => setAdding(false)} />}
    </Section>
  )
}

interface Said {
  readonly grade: FindingGrade
  readonly item?: AuditItem | null
  readonly text: string
  readonly ownerId?: string | null
  readonly dueDay?: string | null
}

function Add({ audit, close }: { readonly audit: Audit; readonly close: () => void }) {
  const t = useWords('cases')
  const ui = useWords('ui')
  const write = useWrite(casesApi.addFinding, { onDone: close })
  const [grade, setGrade] = useState<FindingGrade>('minor')
  const owed = grade === 'conform' ? [] : (['ownerId', 'dueDay'] as const)
  return (
    <Dialog title={t('audit.addFinding')} onClose={close} wide>
      <Form<Said>
        fields={[
          {
            name: 'grade',
            kind: 'choice',
            label: t('audit.findingGrade'),
            required: true,
            options: findingGrades.map((value) => ({ value, label: t(`audit.grade.${value}`) })),
          },
          {
            name: 'item',
            kind: 'choice',
            label: t('audit.findingItem'),
            options: auditItems.map((value) => ({ value, label: t(`audit.item.${value}`) })),
          },
          { name: 'text', kind: 'area', rows: 4, label: t('audit.findingText'), required: true, maxLength: 4000, wide: true },
          ...owed.map((name) =>
            name === 'ownerId'
              ? ({ name, kind: 'people', label: t('review.who'), required: true } as const)
              : ({ name, kind: 'day', label: t('review.until'), required: true } as const),
          ),
        ]}
        initial={{ grade: 'minor' }}
        onChange={(values) => setGrade(values.grade)}
        onSubmit={({ item = null, text, ownerId = null, dueDay = null }) =>
          write.send({
            ...{ auditId: audit.id, grade, item: item ?? null, text },
            ...(grade === 'conform' ? { ownerId: null, dueDay: null } : { ownerId, dueDay }),
          })
        }
        problem={write.problem}
        pending={write.pending}
        submit={ui('save')}
        cancel={close}
      />
    </Dialog>
  )
}
