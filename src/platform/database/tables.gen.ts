// Written by scripts/generate-tables.ts from the migrated database. Do not edit.
export interface DB {}
