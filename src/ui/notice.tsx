/**
 * A short word that something happened; read aloud and gone after a moment.
 *
 *   const notice = useNotice()
 *   notice.done(t('saved'))      notice.refused(problem)
 */
import { App } from 'antd'
import { Problem } from './client.ts'
import { useSentence } from './refused.tsx'

export function useNotice(): { done(text: string): void; refused(problem: unknown): void } {
  const { message } = App.useApp()
  const sentence = useSentence()
  return {
    done: (text) => void message.success(text),
    refused: (problem) => void message.error(problem instanceof Problem ? sentence(problem) : String(problem), 8),
  }
}
