/** What the commands of the shell take and give. Amounts are decimal strings ("1234.50"), times RFC 3339 UTC. */

export type Amount = string;
export type Time = string;

export interface Preset { name: string; url: string }
export interface Demo { login: string; password: string }

export interface StartView {
  version: string;
  mode: 'training' | 'real';
  accounts: AccountView[];
  keystore: boolean;
  presets: Preset[];
  demo: Demo | null;
}

export interface AccountView { server: string; host: string; login: string; name: string; user: number }

export type RegisterState = 'open' | 'overdue' | 'closed' | 'blocked' | 'unknown';
export interface LastZ { number: number; taken: Time; shiftIndex: number | null }

export interface RegisterView {
  kkm: number;
  name: string;
  address: string | null;
  znm: string | null;
  rnm: string | null;
  server: string;
  login: string;
  state: RegisterState;
  cash: Amount | null;
  offlineQueue: number | null;
  seen: Time | null;
  shift: ShiftView | null;
  lastZ: LastZ | null;
  unresolved: OperationView | null;
}

export interface ShiftView {
  id: number;
  index: number | null;
  status: string;
  opened: Time;
  overdueAt: Time;
  closed: Time | null;
  balanceOpen: Amount | null;
  balanceClose: Amount | null;
  balanceCloseNonCash: Amount | null;
  userName: string | null;
  userPhone: string | null;
  mine: boolean;
}

export interface BoardProblem { server: string; login: string; error: ErrorView }
export interface BoardView { registers: RegisterView[]; problems: BoardProblem[]; at: Time }

export type ReportKind = 'x' | 'z' | 'sections';
export interface Figure { label: string; value: string }

export interface ReportView {
  number: number;
  kind: ReportKind;
  title: string;
  kkm: number;
  kkmName: string;
  shiftIndex: number | null;
  taken: Time;
  pages: string[];
  widthMm: string;
  heightMm: string;
  warnings: string[];
  figures: Figure[];
}

export interface ReportLine {
  number: number;
  kind: ReportKind;
  kkm: number;
  kkmName: string;
  shiftIndex: number | null;
  taken: Time;
  amount: Amount | null;
}

export type OperationKind = 'open' | 'x' | 'sections' | 'z';
export type OperationState = 'prepared' | 'sent' | 'confirmed' | 'refused' | 'unknown' | 'abandoned';
export interface OperationView {
  number: number;
  kind: OperationKind;
  kkm: number;
  state: OperationState;
  at: Time;
  message: string | null;
}

export interface CloseInput { kkm: number; xFirst: boolean; counted: Amount | null; reason: string | null }
export interface CloseView { z: ReportView; before: ReportLine[] }
export interface SavedPdf { path: string }

export interface ErrorView {
  code: string;
  message: string;
  remedy: string;
  params: Record<string, unknown>;
  retryable: boolean;
  supportId: string;
  journal: number | null;
}
