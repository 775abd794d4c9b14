import { useState } from 'react'
import { api as customers } from '#modules/customers/api.ts'
import { upload } from '#ui/client.ts'
import { Dialog } from '#ui/dialog.tsx'
import { FilesInput, type SentFile } from '#ui/files-input.tsx'
import { type Field, Form } from '#ui/form.tsx'
import { useNotice } from '#ui/notice.tsx'
import { Loaded } from '#ui/page.tsx'
import { usePeople } from '#ui/people.ts'
import { useSession } from '#ui/session.ts'
import { TermsInput } from '#ui/terms-input.tsx'
import { TextWithPeople } from '#ui/text-with-people.tsx'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { commitmentsApi } from '../api.ts'
import { type Stage, stages } from '../domain/channel.ts'
import { mentionedIn } from '../domain/mention.ts'
import { competitorsHeard, needsHeard } from '../domain/visit.ts'
import type { DialogProps } from './quick-actions.tsx'

interface Findings {
  readonly outcome: string
  readonly minutes: number | null
  readonly stage: Stage
  readonly needs: readonly string[]
  readonly competitors?: readonly string[]
  readonly files?: readonly SentFile[]
}

/** A contact is done: its findings, needs, competitors and files go into the customer's archive. Done again, it begins with what the archive says of it. */
export function Complete({ commitment, close }: DialogProps) {
  const t = useWords('commitments')
  const { may } = useSession()
  const { customer, interactionId, steps } = commitment
  const knows = customer !== null && interactionId !== null && may('customers.read')
  const before = useRead(customers.interaction, { id: customer?.id ?? '', interactionId: interactionId ?? '' }, { enabled: knows })
  const heard = needsHeard(steps)
  return (
    <Dialog title={t('done.title')} onClose={close}>
      <p className="muted">{t(commitment.kind === 'visit' ? 'done.visitAbout' : 'done.contactAbout')}</p>
      {knows ? (
        <Loaded of={before} lines={4}>
          {({ interaction }) => {
            const { minutes, stage, needs, withdrawnAt } = interaction
            const said = withdrawnAt === null ? needs.map(({ text }) => text) : []
            return (
              <FindingsForm commitment={commitment} initial={{ minutes, stage, needs: [...new Set([...said, ...heard])] }} close={close} />
            )
          }}
        </Loaded>
      ) : (
        <FindingsForm commitment={commitment} initial={{ minutes: null, stage: 'before', needs: heard }} close={close} />
      )}
    </Dialog>
  )
}

function FindingsForm({ commitment, initial, close }: DialogProps & { readonly initial: Partial<Findings> }) {
  const t = useWords('commitments')
  const notice = useNotice()
  const people = usePeople()
  const { may } = useSession()
  const complete = useWrite(commitmentsApi.complete, {
    alsoChanges: ['customers', 'value'],
    onDone: ({ next }) => {
      notice.done(t(next ? 'done.comesBack' : 'done.inArchive'))
      close()
    },
  })
  const { id, version, customer, kind, steps } = commitment
  const isVisit = kind === 'visit'
  const send = (file: File) => upload(customers.addAttachment, { id: customer?.id ?? '', fileName: file.name.slice(-200) }, file)
  const fields: readonly Field<Findings>[] = [
    {
      name: 'outcome',
      kind: 'own',
      label: t(isVisit ? 'field.findings' : 'field.outcome'),
      help: t('field.findingsHelp'),
      required: isVisit,
      control: <TextWithPeople maxLength={5000} rows={4} />,
    },
    { name: 'minutes', kind: 'number', label: t('field.minutes'), min: 0, max: 10_000 },
    {
      name: 'stage',
      kind: 'choice',
      label: t('field.stage'),
      required: true,
      options: stages.map((value) => ({ value, label: t(`stage.${value}`) })),
    },
    { name: 'needs', kind: 'own', label: t('step.needs'), help: t('field.needsHelp'), control: <NeedsInput /> },
    ...(isVisit
      ? [
          {
            name: 'competitors',
            kind: 'own',
            label: t('step.competitors'),
            help: t('field.competitorsHelp'),
            control: <TermsInput />,
          } as const,
        ]
      : []),
    ...(customer && may('customers.write')
      ? [{ name: 'files', kind: 'own', label: t('field.files'), control: <FilesInput send={send} /> } as const]
      : []),
  ]
  return (
    <Form<Findings>
      fields={fields}
      initial={{ ...initial, outcome: commitment.outcome ?? '', competitors: competitorsHeard(steps) }}
      onSubmit={({ outcome, minutes, stage, needs, competitors, files }) => {
        const mentions = mentionedIn(
          outcome ?? '',
          people.choices.map(({ value, label }) => ({ id: value, name: label })),
        )
        return complete.send({
          id,
          version,
          stage,
          needs: [...needs],
          // What was left empty is said, too: it takes the place of what was found before.
          outcome: outcome ?? '',
          ...(minutes === null ? {} : { minutes }),
          ...(isVisit ? { competitors: [...(competitors ?? [])] } : {}),
          ...(mentions.length > 0 ? { mentions: [...mentions] } : {}),
          ...(files && files.length > 0 ? { fileIds: files.map(({ fileId }) => fileId) } : {}),
        })
      }}
      problem={complete.problem}
      pending={complete.pending}
      submit={t('action.done')}
      cancel={close}
    />
  )
}

/** Needs in a few words each; those of the register are offered. */
function NeedsInput(props: {
  readonly id?: string
  readonly value?: readonly string[]
  readonly onChange?: (needs: readonly string[]) => void
}) {
  const { may } = useSession()
  const [typed, setTyped] = useState('')
  const found = useRead(customers.needSuggestions, { q: typed.slice(0, 200) }, { enabled: may('customers.read') })
  return <TermsInput {...props} offered={(found.data?.items ?? []).map(({ text }) => text)} onTyped={setTyped} />
}
