import { Dialog } from '#ui/dialog.tsx'
import { Form } from '#ui/form.tsx'
import { useNotice } from '#ui/notice.tsx'
import { useSession } from '#ui/session.ts'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import { type RecognitionAct, recognitionActs } from '../domain/taxonomy.ts'

interface Typed {
  readonly userId: string
  readonly act: RecognitionAct
  readonly reason: string
}

/** Proposes that a colleague be recognized for what they did for customers or others (P-04, N-10). */
export function RecognizeDialog({ caseId, close }: { readonly caseId?: string; readonly close: () => void }) {
  const t = useWords('cases')
  const notice = useNotice()
  const { user } = useSession()
  const rules = useRead(casesApi.staffRules, {})
  const points = rules.data?.versions[0]?.points
  const write = useWrite(casesApi.recognize, {
    onDone: () => {
      notice.done(t('recognition.proposed'))
      close()
    },
  })
  return (
    <Dialog title={t('recognition.propose')} onClose={close}>
      <Form<Typed>
        fields={[
          { name: 'userId', kind: 'people', label: t('recognition.who'), required: true, except: user.id },
          {
            name: 'act',
            kind: 'choice',
            label: t('recognition.what'),
            required: true,
            options: recognitionActs.map((value) => ({
              value,
              label: [t(`recognition.${value}`), points && t('scorecard.pointsOf', { count: points[value] })].filter(Boolean).join(' · '),
            })),
          },
          { name: 'reason', kind: 'area', label: t('recognition.why'), required: true, rows: 3, maxLength: 2000 },
        ]}
        initial={{}}
        onSubmit={(typed) => write.send({ ...typed, ...(caseId ? { caseId } : {}) })}
        problem={write.problem}
        pending={write.pending}
        submit={t('recognition.submit')}
        cancel={close}
      />
    </Dialog>
  )
}
