export { useNamed } from '#ui/named.ts'
