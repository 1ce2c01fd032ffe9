import type {
  AccountView, BoardView, CloseInput, CloseView, ExportInput, OperationView, PaperInput, PrintView, RegisterView, ReportLine, ReportView, SavedFile, StartView,
} from './operations';
import type { RegisterKey } from '../routes.js';

/** Every command of the shell: its arguments and its answer. A failure is an `ErrorView`. */
export interface Commands {
  start: { args: undefined; answer: StartView };
  enter_training: { args: undefined; answer: StartView };
  leave_training: { args: undefined; answer: StartView };
  sign_in: { args: { server: string; login: string; password: string; remember: boolean }; answer: AccountView };
  sign_out: { args: { server: string; login: string }; answer: null };
  board: { args: undefined; answer: BoardView };
  register: { args: RegisterKey; answer: RegisterView };
  open_shift: { args: RegisterKey & { login: string | null }; answer: RegisterView };
  x_report: { args: RegisterKey; answer: ReportView };
  section_report: { args: RegisterKey; answer: ReportView };
  close_shift: { args: { input: CloseInput }; answer: CloseView };
  report: { args: { number: number; on?: PaperInput }; answer: ReportView };
  reports: { args: RegisterKey; answer: ReportLine[] };
  save_pdf: { args: { number: number; on?: PaperInput }; answer: SavedFile };
  export_reports: { args: { input: ExportInput }; answer: SavedFile };
  print_report: { args: { number: number; printer: string | null; on?: PaperInput }; answer: PrintView };
  recover: { args: RegisterKey; answer: OperationView[] };
  support_bundle: { args: undefined; answer: SavedFile };
}
