import { Alert } from 'antd'
import { Dialog } from '#ui/dialog.tsx'
import { RunProgress } from '#ui/run-progress.tsx'
import { useWords } from '#ui/words.ts'

/** What a trial found, as its run says it. */
interface Found {
  readonly incoming: {
    readonly reached: boolean
    readonly mails?: number
    readonly folders?: readonly string[]
    readonly problem?: string
    readonly detail?: string | null
  }
  readonly outgoing: { readonly reached: boolean; readonly detail: string | null } | null
}

/** Follows the trial of a connection, and says how it went in both directions. */
export function Trial({ name, runId, close }: { name: string; runId: string; close: () => void }) {
  const t = useWords('mailbox')
  return (
    <Dialog title={t('trial.title', { name })} onClose={close}>
      <RunProgress run={runId} module="mailbox" result={(result) => <Outcome found={result as Found} />} />
    </Dialog>
  )
}

function Outcome({ found: { incoming, outgoing } }: { found: Found }) {
  const t = useWords('mailbox')
  return (
    <>
      {incoming.reached ? (
        <Alert
          type="success"
          showIcon
          title={t('trial.reads', { count: incoming.mails ?? 0 })}
          description={t('trial.folders', { folders: (incoming.folders ?? []).join(t('ui:comma')) })}
        />
      ) : (
        <Alert type="error" showIcon title={t(`problem.${incoming.problem}`)} description={incoming.detail} />
      )}
      {outgoing === null ? (
        <Alert type="warning" showIcon title={t('sendsNothing')} description={t('sendsNothingHelp')} />
      ) : outgoing.reached ? (
        <Alert type="success" showIcon title={t('trial.sends')} />
      ) : (
        <Alert type="error" showIcon title={t('trial.cannotSend')} description={outgoing.detail} />
      )}
    </>
  )
}
