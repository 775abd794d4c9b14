import { App } from 'antd'
import type { ReactNode } from 'react'
import { useNotice } from './notice.tsx'
import { useWords } from './words.ts'

export interface Question {
  readonly title: string
  /** What answers yes: the verb of what is done. */
  readonly verb: string
  /** What follows from it, where the question does not say so. */
  readonly about?: ReactNode
  /** What answers no, where that is not simply to cancel. */
  readonly leave?: string
  /** Nothing goes that could not come back. */
  readonly harmless?: boolean
}

/** Asks before something is done that cannot simply be taken back. A refusal is told, and the question is closed then, too. */
export function useConfirm(): (question: Question, act: () => Promise<unknown>) => void {
  const { modal } = App.useApp()
  const t = useWords('ui')
  const notice = useNotice()
  return ({ title, verb, about, leave, harmless = false }, act) =>
    void modal.confirm({
      title,
      content: about,
      okText: verb,
      okButtonProps: { danger: !harmless },
      cancelText: leave ?? t('cancel'),
      onOk: () => act().catch(notice.refused),
    })
}
