"""Work that runs beside the page: how far it is, and what became of it."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render

from cells import ports
from cells.access import find
from cells.enums import UNFINISHED_JOBS
from cells.issuing import kept_print
from cells.models import Job

REFRESH_SECONDS = 5


@login_required
def list_jobs(request):
    """One's own jobs, the latest first."""
    page = Paginator(Job.objects.visible_to(request.user), 50).get_page(request.GET.get("page"))
    return render(request, "cells/jobs.html", {"page": page})


@login_required
def show_job(request, job_id):
    """One job; the page asks how far it is, without JavaScript by loading itself again."""
    job = find(Job.objects.visible_to(request.user), pk=job_id)
    unfinished = job.state in UNFINISHED_JOBS
    return render(
        request,
        "cells/job.html",
        {"job": job, "unfinished": unfinished, "refresh_seconds": unfinished and REFRESH_SECONDS},
    )


@login_required
def job_progress(request, job_id):
    """The bar alone; once the job has ended, the order to load the page again."""
    job = find(Job.objects.visible_to(request.user), pk=job_id)
    if job.state not in UNFINISHED_JOBS:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "cells/job_progress.html", {"job": job})


@login_required
def job_file(request, job_id):
    """The file that one's own job made."""
    job = find(Job.objects.visible_to(request.user), pk=job_id)
    content, file = kept_print(job), ports.job_file(job.kind)
    if content is None or (job.organisation and not request.user.may(file.permission, job.organisation)):
        raise Http404
    response = HttpResponse(content, content_type=file.content_type)
    response["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return response
