import { Setting } from "../_components/setting";
import { PasswordForm } from "./_components/password-form";

export const metadata = { title: "Password" };

export default function PasswordPage() {
  return (
    <div className="-mt-6 max-w-[760px]">
      <Setting title="Password" words="A change signs you out everywhere but here. API keys go on working.">
        <PasswordForm />
      </Setting>
    </div>
  );
}
