import type { Metadata } from "next";
import { EnrolmentList } from "@/components/enrolment-list";
import { builtSlugs } from "@/lib/content";

export const metadata: Metadata = { title: "My learning", description: "The modules you joined, and how far you are." };

export default function EnrolmentsPage() {
  return (
    <>
      <div className="page-head">
        <h1>My learning</h1>
        <p className="lead">The modules you joined, and how far you are.</p>
      </div>
      <EnrolmentList slugs={[...builtSlugs]} />
    </>
  );
}
